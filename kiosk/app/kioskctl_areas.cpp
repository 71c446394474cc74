// kioskctl area, areas import.
#include <cstdio>

#include "kiosk/app/area_source.h"
#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/areas/areas.h"
#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"

namespace kiosk::app {

namespace {

const char* tier_name(areas::Tier tier) {
  switch (tier) {
    case areas::Tier::Unitary:
      return "unitary";
    case areas::Tier::County:
      return "county";
    case areas::Tier::District:
      return "district";
    case areas::Tier::Combined:
      return "combined";
    case areas::Tier::Health:
      return "health";
    case areas::Tier::Police:
      return "police";
    case areas::Tier::Fire:
      return "fire";
  }
  return "unitary";
}

const char* reason_text(areas::Reason reason) {
  switch (reason) {
    case areas::Reason::UnitaryArea:
      return "the one council for this address";
    case areas::Reason::CountyTier:
      return "the county council: the upper of two councils for this address";
    case areas::Reason::DistrictTier:
      return "the district council: the lower of two councils for this address";
    case areas::Reason::CoversCouncil:
      return "its area includes the council area of this address";
  }
  return "";
}

// "a.table: 39712 postcodes (of 39712 rows), 402 authorities (of 1335 rows)", then what staff may want to know.
void print_report(const std::filesystem::path& file, const areas::ImportReport& report) {
  std::printf("%s: %zu postcodes (of %zu rows), %zu authorities (of %zu rows)\n", file.c_str(), report.postcodes,
              report.postcode_rows, report.authorities, report.authority_rows);
  if (report.successor_codes > 0) {
    std::printf("  successors: %zu codes of authorities that are gone, of %zu postcodes\n", report.successor_codes,
                report.successor_postcodes);
  }
  if (report.unserved_postcodes > 0)
    std::printf("  without a council: %zu postcodes; their codes are in no list\n", report.unserved_postcodes);
  for (const areas::SkippedRows& rows : report.skipped)
    std::printf("  skipped: %s: %zu, e.g. %s\n", rows.reason.c_str(), rows.count, rows.example.c_str());
}

}  // namespace

core::Result<areas::Answer> find_area(const areas::AreaTable& table, const std::string& postcode) {
  const auto normalised = areas::normalise_postcode(postcode);
  if (!normalised) {
    const std::string said(core::truncate_utf8(core::sanitise_utf8(postcode), 60));
    return core::make_error(core::ErrorKind::Invalid, said + " is not a UK postcode or outcode (like AB1 2CD)");
  }
  auto answer = table.find(*normalised);
  if (!answer.ok()) return core::make_error(answer.error().kind, answer.error().what, *normalised);
  return answer;
}

int run_area(const CommonOptions& common, const std::string& postcode) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "area", site.error());
  const auto opened = open_areas(*site->settings, site->files.directory_db.parent_path());
  if (!opened.ok()) return say_failed(kProgram, "area", opened.error());
  if (opened->unusable) return say_failed(kProgram, "area", *opened->unusable);
  const auto answer = find_area(*opened->table, postcode);
  if (!answer.ok()) return say_failed(kProgram, "area", answer.error());
  core::Json alternatives = core::Json::array();
  for (const auto& list : answer->alternatives) {
    core::Json serving = core::Json::array();
    for (const areas::Serves& serves : list) {
      const areas::Authority& authority = serves.authority;
      serving.push_back({{"code", authority.code},
                         {"name", authority.name},
                         {"tier", tier_name(authority.tier)},
                         {"why", reason_text(serves.reason)},
                         {"phone", authority.phone},
                         {"website", authority.website},
                         {"duties", authority.duties}});
    }
    alternatives.push_back(std::move(serving));
  }
  core::Json json = {{"postcode", answer->postcode},
                     {"outcode_only", answer->outcode_only},
                     {"alternatives", std::move(alternatives)}};
  if (answer->point) json["point"] = {{"latitude", answer->point->latitude}, {"longitude", answer->point->longitude}};
  std::printf("%s\n", core::dump_json(json, 2).c_str());
  return kGood;
}

int run_areas_import(const CommonOptions& common, std::vector<std::filesystem::path> postcodes,
                     std::vector<std::filesystem::path> authorities) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "areas import", site.error());
  const settings::AreasSection& configured = site->settings->areas;
  if (postcodes.empty()) postcodes = configured.postcodes;
  if (authorities.empty()) authorities = configured.authorities;
  if (postcodes.empty() || authorities.empty()) {
    const char* missing = postcodes.empty() ? "--postcodes" : "--authorities";
    std::fprintf(stderr, "%s: areas import: %s CSV is needed where the configuration's [areas] names none\n", kProgram,
                 missing);
    return kWrongUse;
  }
  const auto table = areas::AreaTable::load(postcodes, authorities);
  if (!table.ok()) return say_failed(kProgram, "areas import", table.error());
  if ((*table)->size() == 0 || (*table)->report().authorities == 0) {
    print_report("nothing imported", (*table)->report());
    return say_failed(kProgram, "areas import",
                      core::make_error(core::ErrorKind::Invalid, "no postcode or no authority in these files"));
  }
  const std::filesystem::path file = area_table_file(site->files.directory_db.parent_path());
  if (const core::Status saved = (*table)->save(file); !saved.ok())
    return say_failed(kProgram, "areas import", saved.error());
  const auto written = areas::AreaTable::open(file);
  if (!written.ok()) return say_failed(kProgram, "areas import", written.error());
  print_report(file, (*table)->report());
  if (!configured.postcodes.empty() || !configured.authorities.empty())
    std::printf(
        "  note: the configuration's [areas] names files, and they win: this table is used when they are gone\n");
  return kGood;
}

}  // namespace kiosk::app
