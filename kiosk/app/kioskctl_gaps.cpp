// kioskctl gaps: what residents looked for and did not find, in plain words, for staff and the authority.
#include <cstdio>
#include <map>

#include "kiosk/app/area_source.h"
#include "kiosk/app/gap_ledger.h"
#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/core/json.h"
#include "kiosk/core/log.h"
#include "kiosk/search/concepts.h"
#include "kiosk/text/words.h"

namespace kiosk::app {
namespace {

// What ids and codes are called. What is no longer known keeps its id, and so do all needs where the lexicon is faulty.
class Names {
 public:
  static core::Result<Names> load(const Site& site) {
    Names names;
    KIOSK_TRY(const std::filesystem::path assets, assets_folder());
    const auto concepts = search::load_concepts(assets / "search");
    if (concepts.ok()) {
      for (const search::Concept& one : concepts->concepts) names.needs_[one.id] = one.words[0].front();
    } else {
      core::log_error("lexicon.faulty", {{"error", concepts.error()}});
    }
    KIOSK_TRY(names.words_, text::Words::load(assets / "words"));
    KIOSK_TRY(OpenedAreas areas, open_areas(*site.settings, site.files.directory_db.parent_path()));
    names.areas_ = std::move(areas.table);
    return names;
  }

  std::string need(const std::string& id) const {
    if (id.empty()) return "words not understood";
    const auto known = needs_.find(id);
    return known == needs_.end() ? id : known->second;
  }
  std::string language(const std::string& code) const {
    return words_->has_language(code) ? words_->in(code).info().own_name : code;
  }
  std::string authority(const std::string& code) const {
    if (code.empty()) return "no address known";
    const areas::Authority* known = areas_->authority(code);
    return known ? known->name : code;
  }

 private:
  std::map<std::string, std::string> needs_;
  std::shared_ptr<const text::Words> words_;
  std::shared_ptr<const areas::AreaTable> areas_;
};

core::Json to_json(const GapReport& report, const Names& names) {
  core::Json rows = core::Json::array();
  for (const GapRow& row : report.rows) {
    core::Json json = {{"month", row.month},       {"need", row.need},       {"title", names.need(row.need)},
                       {"language", row.language}, {"nothing", row.nothing}, {"weak", row.weak}};
    if (!row.authority.empty()) json["authority"] = {{"code", row.authority}, {"name", names.authority(row.authority)}};
    rows.push_back(std::move(json));
  }
  return {{"rows", std::move(rows)}, {"left_out", report.left_out}};
}

// "2026-11", then a line for each need: how often, what, in which language, of which council.
void print_report(const GapReport& report, const Names& names) {
  std::string month;
  for (const GapRow& row : report.rows) {
    if (row.month != month) std::printf("%s\n", row.month.c_str());
    month = row.month;
    std::printf("  %5lld  %s (%s; %s): %lld found nothing, %lld nothing that fits\n",
                static_cast<long long>(row.times()), names.need(row.need).c_str(), names.language(row.language).c_str(),
                names.authority(row.authority).c_str(), static_cast<long long>(row.nothing),
                static_cast<long long>(row.weak));
  }
  if (report.rows.empty()) std::printf("nothing to report\n");
  if (report.left_out > 0)
    std::printf("not shown: %lld in rows of fewer than %lld, which could point at a person\n",
                static_cast<long long>(report.left_out), static_cast<long long>(GapLedger::kFewestShown));
}

}  // namespace

int run_gaps(const CommonOptions& common, std::optional<core::Date> since, bool json) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "gaps", site.error());
  const core::SystemClock clock;
  const auto report = GapLedger(site->files.gaps_db, clock).report(since);
  if (!report.ok()) return say_failed(kProgram, "gaps", report.error());
  const auto names = Names::load(*site);
  if (!names.ok()) return say_failed(kProgram, "gaps", names.error());
  if (json) {
    std::printf("%s\n", core::dump_json(to_json(*report, *names), 1).c_str());
  } else {
    print_report(*report, *names);
  }
  return kGood;
}

}  // namespace kiosk::app
