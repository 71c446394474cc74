// Tables of areas in one file: what goes in comes out, damage is noticed, and codes of merged councils lead to today's.
#include <fstream>
#include <iterator>
#include <map>

#include "kiosk/areas/areas.h"
#include "tests/unit/catch.h"
#include "tests/unit/real_data.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using areas::AreaTable;
using core::ErrorKind;
using kiosk::test::TemporaryFolder;

namespace {

std::filesystem::path write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder / name, std::ios::binary) << text;
  return folder / name;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names(const AreaTable& table, const std::string& postcode) {
  std::vector<std::string> out;
  const auto answer = table.find(postcode);
  if (!answer.ok() || answer->alternatives.empty()) return out;
  for (const auto& serves : answer->alternatives.front()) out.push_back(serves.authority.name);
  return out;
}

using Names = std::vector<std::string>;

const char* const kOldAndNewPostcodes =
    "postcode,lat,lon,admin_county_gss,admin_district_gss\n"
    "AB1 2CD,51.5,-2.5,C1,D1\n"   // the district merged, and merged again
    "AB1 2CE,51.6,-2.6,,U1old\n"  // only the code changed
    "AB1 2CF,51.7,-2.7,C2,D2\n"   // two tiers, as they were
    "AB1 2CG,,,C1,\n"             // a county that was split
    "AB1 2CH,51,-2,,U1lookup\n"   // known to the look-up table alone
    "nonsense,1,1,,U1\n";

const char* const kRegister =
    "local-authority-code,official-name,nice-name,gss-code,end-date,replaced-by,local-authority-type,county-la,"
    "combined-authority,former-gss-codes,current-authority\n"
    "DA,Ashby District,Ashby,D1,2019,MM,NMD,CC,,,False\n"
    "MM,Middle District,Middle,M1,2023,UU,NMD,CC,,,False\n"
    "UU,Unity Council,Unity,U1,,,UA,,CO,U1old,True\n"
    "CC,Old County,Old,C1,2023,\"UU,VV\",CTY,,,,False\n"
    "VV,Vale Council,Vale,V1,,,UA,,,,True\n"
    "C2,New County Council,New,C2,,,CTY,,,,True\n"
    "D2,Dale District Council,Dale,D2,,,NMD,C2,CO,,True\n"
    "CO,The Combined Authority,Combined,CO1,,,COMB,,,,True\n"
    "ZZ,Gone,Gone,Z1,2020,,UA,,,,False\n"
    "NI,Nowhere,Nowhere,,,,NID,,,,True\n"
    "XX,Strange,Strange,X1,,,PARISH,,,,True\n";

const char* const kLookup = "gss-code,local-authority-code\nU1lookup,UU\nU1,UU\nQ1,QQ\n";

std::shared_ptr<const AreaTable> load(const TemporaryFolder& folder) {
  auto table = AreaTable::load({write(folder, "p.csv", kOldAndNewPostcodes)},
                               {write(folder, "register.csv", kRegister), write(folder, "lookup.csv", kLookup)});
  if (!table.ok()) FAIL(table.error().describe());
  return *table;
}

void check_answers(const AreaTable& table) {
  CHECK(names(table, "AB1 2CD") == Names{"Unity Council", "The Combined Authority"});
  CHECK(names(table, "AB1 2CE") == Names{"Unity Council", "The Combined Authority"});
  CHECK(names(table, "AB1 2CF") == Names{"Dale District Council", "New County Council", "The Combined Authority"});
  CHECK(names(table, "AB1 2CH") == Names{"Unity Council", "The Combined Authority"});
  CHECK(names(table, "AB1 2CG").empty());
  CHECK(names(table, "AB1") == Names{"Unity Council", "The Combined Authority"});
  CHECK(table.find("AB1")->outcode_only);
  CHECK(table.authority("D1")->code == "U1");
  CHECK(table.find("WW9 9ZZ").error().kind == ErrorKind::NotFound);
}

}  // namespace

TEST_CASE("codes of councils that are gone lead to whoever took over, through more than one merger") {
  const TemporaryFolder folder;
  const auto table = load(folder);
  check_answers(*table);
  const areas::ImportReport& report = table->report();
  CHECK(report.postcode_rows == 6);
  CHECK(report.postcodes == 5);
  CHECK(report.authority_rows == 14);
  CHECK(report.authorities == 5);
  CHECK(report.successor_codes == 3);
  CHECK(report.successor_postcodes == 3);
  CHECK(report.unserved_postcodes == 1);
  std::map<std::string, std::size_t> skipped;
  for (const auto& rows : report.skipped) skipped[rows.reason] = rows.count;
  CHECK(skipped == std::map<std::string, std::size_t>{{"not a postcode", 1},
                                                      {"ended, and replaced by several", 1},
                                                      {"ended, and nobody took over", 1},
                                                      {"no GSS code", 1},
                                                      {"no type that is known", 1}});
  CHECK(report.skipped.front().example == (folder / "p.csv").string() + ":7");
}

TEST_CASE("Code-Point Open is read as it is published: no header, and grid references") {
  const TemporaryFolder folder;
  const auto bs = write(folder, "bs.csv",
                        "\"BA1 8AQ\",10,373959,170775,\"E92000001\",\"E19\",\"E18\",\"C2\",\"D2\",\"E05\"\n"
                        "\"BS1 5TR\",90,0,0,\"E92000001\",\"E19\",\"E18\",\"\",\"U1\",\"E05\"\n\"BS1 5TS\",10,1\n");
  const auto table = AreaTable::load({bs}, {write(folder, "register.csv", kRegister)});
  REQUIRE(table.ok());
  CHECK((*table)->report().postcodes == 2);
  CHECK((*table)->report().skipped.front().reason == "not ten fields");
  const auto answer = (*table)->find("BA1 8AQ");
  REQUIRE(answer.ok());
  CHECK(answer->point->latitude == Approx(51.435369).margin(2e-6));
  CHECK(answer->point->longitude == Approx(-2.376011).margin(2e-6));
  CHECK(names(**table, "BA1 8AQ").front() == "Dale District Council");
  CHECK_FALSE((*table)->find("BS1 5TR")->point);
}

TEST_CASE("a later list adds what an earlier one lacks") {
  const TemporaryFolder folder;
  const auto govuk = write(folder, "govuk.csv",
                           "id,gss,tier_id,parent_local_authority_id,homepage_url,name\n"
                           "1,U1,3,,https://unity.example,Unity\n2,U1old,3,,https://old.example,Unity of old\n");
  const auto table =
      AreaTable::load({write(folder, "p.csv", kOldAndNewPostcodes)}, {govuk, write(folder, "register.csv", kRegister)});
  REQUIRE(table.ok());
  const auto* unity = (*table)->authority("U1old");
  REQUIRE(unity);
  CHECK(unity->code == "U1");
  CHECK(unity->website == "https://unity.example");
  CHECK(names(**table, "AB1 2CD").front() == "Unity");
}

TEST_CASE("a table that is saved and mapped answers as the one that was loaded") {
  const TemporaryFolder folder;
  const auto loaded = load(folder);
  REQUIRE(loaded->save(folder / "areas.table").ok());
  const auto opened = AreaTable::open(folder / "areas.table");
  REQUIRE(opened.ok());
  check_answers(**opened);
  CHECK((*opened)->size() == loaded->size());
  CHECK((*opened)->report().authorities == 5);
  CHECK_FALSE((*opened)->find("AB1 2CG")->point);
  CHECK((*opened)->find("AB1 2CD")->point->latitude == Approx(51.5));

  // Replacing the file leaves a kiosk that runs with the table it began with.
  REQUIRE(AreaTable::empty()->save(folder / "areas.table").ok());
  check_answers(**opened);
  REQUIRE(AreaTable::open(folder / "areas.table").ok());
  CHECK((*AreaTable::open(folder / "areas.table"))->size() == 0);
}

TEST_CASE("a damaged table is noticed, wherever the damage is") {
  const TemporaryFolder folder;
  const auto file = folder / "areas.table";
  CHECK(AreaTable::open(file).error().kind == ErrorKind::NotFound);
  REQUIRE(load(folder)->save(file).ok());
  const std::string good = content_of(file);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    write(folder, "areas.table", bad);
    const auto opened = AreaTable::open(file);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().describe().find("areas.table") != std::string::npos);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{64}, std::size_t{100}, good.size() - 1}) {
    write(folder, "areas.table", good.substr(0, size));
    CHECK(AreaTable::open(file).error().kind == ErrorKind::Corrupt);
  }
  write(folder, "areas.table", good + "x");
  CHECK_FALSE(AreaTable::open(file).ok());
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  CHECK_FALSE(AreaTable::open(file).ok());
}

TEST_CASE("real data: postcodes of 2014 are served by the councils of today") {
  const std::filesystem::path data = test::real_data("areas");
  if (data.empty()) {
    WARN("skipped: no real data");
    return;
  }
  const TemporaryFolder folder;
  // One postcode for each council of 2014 that has merged since, at its most usual outcode.
  std::string merged = "postcode,lat,lon,admin_county_gss,admin_district_gss\n";
  for (const char* row :
       {"HP20 1AA,51.8,-0.8,E10000002,E07000004", "CA1 1AA,54.9,-2.9,E10000006,E07000028",
        "BH1 1AA,50.7,-1.9,,E06000028", "TA1 1AA,51,-3.1,E10000027,E07000190", "G1 1AA,55.9,-4.2,,S12000046",
        "YO11 1AA,54.3,-0.4,E10000023,E07000168", "NN1 1AA,52.2,-0.9,E10000021,E07000154"})
    merged += std::string(row) + "\n";
  const auto table =
      AreaTable::load({data / "postcodes_demo_areas.csv", write(folder, "merged.csv", merged)},
                      {data / "local-authorities_govuk.csv", data / "mysociety/uk_local_authorities_current.csv",
                       data / "mysociety/lookup_gss_to_registry.csv"});
  REQUIRE(table.ok());
  REQUIRE((*table)->save(folder / "areas.table").ok());
  const auto opened = AreaTable::open(folder / "areas.table");
  REQUIRE(opened.ok());
  CHECK((*opened)->size() == 39712 + 7);
  CHECK((*table)->report().unserved_postcodes == 0);
  CHECK((*table)->report().successor_codes == 7);
  const auto first = [&](const char* postcode) { return names(**opened, postcode).at(0); };
  CHECK(first("HP20 1AA") == "Buckinghamshire Council");
  CHECK(first("CA1 1AA") == "Cumberland Council");
  CHECK(first("BH1 1AA").find("Bournemouth, Christchurch") == 0);
  CHECK(first("TA1 1AA") == "Somerset Council");
  CHECK(first("G1 1AA") == "Glasgow City Council");
  CHECK(first("YO11 1AA") == "North Yorkshire Council");
  CHECK(first("NN1 1AA") == "West Northamptonshire Council");
  CHECK(names(**opened, "BS1 5TR") == Names{"Bristol City Council", "West of England Combined Authority"});
  CHECK((*opened)->find("BS1")->alternatives.size() >= 1);
  CHECK((*opened)->authority("S12000046")->website.find("glasgow") != std::string::npos);
}
