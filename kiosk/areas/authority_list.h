// The authorities, and which of them serve an area. Private to areas.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/areas/areas.h"
#include "kiosk/areas/postcode_table.h"

namespace kiosk::areas {

class AuthorityList {
 public:
  // Adds the rows of one CSV, in our own columns (see areas.h) or in those of GOV.UK's list of local authorities.
  core::Status add_csv(std::string_view bytes, const std::string& where);
  // Resolves covers and successors. Call once, after the last file.
  void finish();

  // By its code, or by a former code of it; null where unknown.
  const Authority* find(std::string_view code) const;
  // Who serves the area, the nearest tier first; empty where no authority of it is known.
  std::vector<Serves> serving(const CouncilCodes& area) const;
  std::size_t skipped() const { return skipped_; }

 private:
  struct Row;
  bool add(Row row);
  std::pair<const Authority*, const Authority*> councils(const CouncilCodes& area) const;

  std::vector<Authority> authorities_;                      // in the order of the files
  std::vector<std::vector<std::string>> covers_, formers_;  // by the same index
  std::map<std::string, std::size_t, std::less<>> index_, former_index_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> covering_;  // council → bodies whose area holds it
  std::size_t skipped_ = 0;
};

}  // namespace kiosk::areas
