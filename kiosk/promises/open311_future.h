// Which of a back end's questions a site says are of what is to come. Pure but for the log.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/promises/report.h"

namespace kiosk::promises::open311 {

// Named as "<code>", of every kind of report, or as "<kind>:<code>". What names no question of a day is most likely a
// slip of the pen: staff are told once, as soon as that is known. Of a kind that is not offered the list of kinds says
// it; else every form that could hold it has to be read, which happens only as residents need them.
class FutureQuestions {
 public:
  FutureQuestions(std::string back_end, std::vector<std::string> names);

  // Marks those of the form, which was just read.
  void mark(ReportForm& form);
  // The names, not told before, of which it is known by now that no form holds them; each is in the log as well.
  std::vector<std::string> tell_missing(const std::vector<ReportType>& types);

 private:
  struct Name {
    std::string text;
    bool found = false, told = false;
  };
  bool is_missing(const std::vector<ReportType>& types, std::string_view name) const;

  std::string back_end_;
  std::vector<Name> names_;
  std::set<std::string> read_;  // kinds whose form was read
};

}  // namespace kiosk::promises::open311
