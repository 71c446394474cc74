// The commands of kioskctl, one function each: `exit status = command(options)`. Each says its own errors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/command_line.h"
#include "kiosk/app/places_on_disk.h"
#include "kiosk/areas/areas.h"
#include "kiosk/core/clock.h"

namespace kiosk::app {

inline constexpr const char* kProgram = "kioskctl";

int run_sync(const CommonOptions& common);
int run_import(const CommonOptions& common, const std::string& source, const std::filesystem::path& path);

struct SearchArguments {
  std::string query, postcode, language = "en", batch;
  int limit = 10;
  bool json = false, explain = false;
};
int run_search(const CommonOptions& common, const SearchArguments& arguments);
int run_area(const CommonOptions& common, const std::string& postcode);
int run_lexicon_check(const std::filesystem::path& folder);  // empty: the program's own
// An empty list is the configuration's.
int run_areas_import(const CommonOptions& common, std::vector<std::filesystem::path> postcodes,
                     std::vector<std::filesystem::path> authorities);
// On the command line an error names the postcode that was asked for; the table itself never does, for its errors reach
// the log.
core::Result<areas::Answer> find_area(const areas::AreaTable& table, const std::string& postcode);

struct PromisesArguments {
  enum class Command { List, Show, Resolve } command = Command::List;
  enum class Verdict { None, Sent, NotSent } verdict = Verdict::None;  // of Resolve: what staff found out
  std::string id;
  std::filesystem::path key;  // the site's, of Show; "" = the one beside the journal
  bool personal = false;      // what the resident said, too: with the key alone
  bool json = false;
};
int run_promises(const CommonOptions& common, const PromisesArguments& arguments);

// `since`: counts of the months from that date's on; all that are kept without it.
int run_gaps(const CommonOptions& common, std::optional<core::Date> since, bool json);

int run_config_check(const std::filesystem::path& file);
int run_config_explain(const std::filesystem::path& file, const std::string& key);
int run_config_diff(const std::filesystem::path& a, const std::filesystem::path& b);

int run_printer_status(const CommonOptions& common);
int run_printer_test(const CommonOptions& common, const std::string& language);

}  // namespace kiosk::app
