// Postcodes to councils and the bodies around them: both tiers, straddling boundaries, outcodes, merged districts.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "kiosk/areas/areas.h"
#include "tests/unit/catch.h"
#include "tests/unit/real_data.h"

namespace {

using kiosk::areas::AreaTable;
using kiosk::areas::Reason;
using kiosk::areas::Tier;
using kiosk::core::ErrorKind;

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "kiosk-areas-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

const char* const kPostcodes =
    "postcode,lat,lon,easting,admin_county_gss,admin_district_gss\n"
    "AB1 2CD,51.5,-2.5,1,E10000001,E07000001\n"
    "AB1 2CE,51.6,-2.6,1,E10000001,E07000001\n"
    "ab12cf,51.7,-2.7,1,,E06000001\n"
    "AB1 3AA,51.8,-2.8,1,E10000001,E07000001\n"
    "AB1 3AA,51.8,-2.8,1,,E06000001\n"
    "AB10 1AA,52.0,-3.0,1,,E06000099\n"
    "AB2 1AA,,,1,,E07000777\n"
    "CD1 1AA,52.5,-1.0,1,,E99999999\n"
    "not a postcode,1,1,1,,E06000001\n"
    "AB1 2CG,999,1,1,,E06000001\n";

const char* const kAuthorities =
    "gss,name,tier,parent_gss,homepage_url,phone,duties,covers,former_gss\n"
    "E10000001,Northshire County Council,county,,https://northshire.example,01632 960100,social_care;libraries,,\n"
    "E07000001,Ashby District Council,district,E10000001,javascript:alert(1),,waste_collection,,\n"
    "E06000001,Brook Council,unitary,,https://brook.example,,waste_collection,,E06000099;E07000777\n"
    "H1,North Health Trust,Health,,,,,E10000001;E06000001,\n"
    "P1,Shire Police,police,,,,,E10000001,\n"
    "F1,Shire Fire,fire,,,,,E07000001,\n"
    "E06000001,Doubled Council,unitary,,,,,,\n"
    "X1,No Such Tier,parish,,,,,,\n";

std::shared_ptr<const AreaTable> demo(const Folder& folder) {
  auto table =
      AreaTable::load({folder.write("postcodes.csv", kPostcodes)}, {folder.write("authorities.csv", kAuthorities)});
  REQUIRE(table.ok());
  return *table;
}

std::vector<std::string> names(const std::vector<kiosk::areas::Serves>& serving) {
  std::vector<std::string> out;
  for (const auto& serves : serving) out.push_back(serves.authority.name);
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a postcode in two tiers names both, and the bodies that cover it") {
  const Folder folder;
  const auto table = demo(folder);
  const auto answer = table->find("ab1 2cd");
  REQUIRE(answer.ok());
  CHECK(answer->postcode == "AB1 2CD");
  CHECK_FALSE(answer->outcode_only);
  REQUIRE(answer->point);
  CHECK(answer->point->latitude == Approx(51.5).margin(1e-6));
  REQUIRE(answer->alternatives.size() == 1);
  const auto& serving = answer->alternatives[0];
  CHECK(names(serving) == Names{"Ashby District Council", "Northshire County Council", "North Health Trust",
                                "Shire Police", "Shire Fire"});
  CHECK(serving[0].reason == Reason::DistrictTier);
  CHECK(serving[1].reason == Reason::CountyTier);
  CHECK(serving[2].reason == Reason::CoversCouncil);
  CHECK(serving[0].authority.parent == "E10000001");
  CHECK(serving[0].authority.website.empty());  // not a web address
  CHECK(serving[1].authority.duties == Names{"social_care", "libraries"});
}

TEST_CASE("a unitary council serves alone, and former districts answer through their successor") {
  const Folder folder;
  const auto table = demo(folder);
  const auto answer = table->find("AB12CF");
  REQUIRE(answer.ok());
  REQUIRE(answer->alternatives.size() == 1);
  CHECK(names(answer->alternatives[0]) == Names{"Brook Council", "North Health Trust"});
  CHECK(answer->alternatives[0][0].reason == Reason::UnitaryArea);
  CHECK(names(table->find("AB10 1AA")->alternatives.at(0)) == Names{"Brook Council", "North Health Trust"});
  CHECK(table->authority("E06000099")->name == "Brook Council");
  CHECK(table->authority("E1") == nullptr);
}

TEST_CASE("a postcode on a boundary has an alternative for each side") {
  const Folder folder;
  const auto table = demo(folder);
  const auto answer = table->find("AB1 3AA");
  REQUIRE(answer.ok());
  REQUIRE(answer->alternatives.size() == 2);
  CHECK(answer->alternatives[0][0].authority.name != answer->alternatives[1][0].authority.name);
}

TEST_CASE("an outcode answers for all of its postcodes, the commoner area first, and no other outcode's") {
  const Folder folder;
  const auto table = demo(folder);
  const auto answer = table->find("ab1");
  REQUIRE(answer.ok());
  CHECK(answer->postcode == "AB1");
  CHECK(answer->outcode_only);
  REQUIRE(answer->alternatives.size() == 2);
  CHECK(answer->alternatives[0][0].authority.name == "Ashby District Council");
  REQUIRE(answer->point);
  CHECK(answer->point->latitude == Approx((51.5 + 51.6 + 51.7 + 51.8 + 51.8) / 5).margin(1e-6));
  CHECK(table->find("AB10")->alternatives.size() == 1);
}

TEST_CASE("what the table does not know is said so") {
  const Folder folder;
  const auto table = demo(folder);
  CHECK(table->find("WW9 9ZZ").error().kind == ErrorKind::NotFound);
  CHECK(table->find("WW9").error().kind == ErrorKind::NotFound);
  for (const char* bad : {"", "hello", "AB1 2C", "AB1  2CDE", "\xff\xfe", "AB1 2CD; DROP TABLE"}) {
    const auto answer = table->find(bad);
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().kind == ErrorKind::Invalid);
    CHECK(answer.error().describe().find("AB1") == std::string::npos);
  }
  const auto unknown_council = table->find("CD1 1AA");
  REQUIRE(unknown_council.ok());
  CHECK(unknown_council->point);
  CHECK(unknown_council->alternatives.empty());
  CHECK_FALSE(table->find("AB2 1AA")->point);
  CHECK(AreaTable::empty()->find("AB1 2CD").error().kind == ErrorKind::NotFound);
}

TEST_CASE("bad rows are counted, and a file without its columns is named") {
  const Folder folder;
  const auto table = demo(folder);
  CHECK(table->size() == 8);
  CHECK(table->report().skipped_rows() == 4);

  const auto postcodes = folder.write("p.csv", kPostcodes);
  const auto no_tier = folder.write("a.csv", "gss,name,parent_gss\nE1,A,\n");
  const auto missing = AreaTable::load({postcodes}, {no_tier});
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().kind == ErrorKind::Invalid);
  CHECK(missing.error().describe().find("a.csv") != std::string::npos);
  CHECK(missing.error().describe().find("tier") != std::string::npos);
  const auto no_lat = AreaTable::load({folder.write("q.csv", "postcode,lon\nAB1 2CD,1\n")}, {});
  REQUIRE_FALSE(no_lat.ok());
  CHECK(no_lat.error().describe().find("\"lat\"") != std::string::npos);
  CHECK_FALSE(AreaTable::load({std::filesystem::path("/nonexistent/p.csv")}, {}).ok());
}

TEST_CASE("postcodes are recognised as people write them") {
  using kiosk::areas::normalise_postcode;
  CHECK(normalise_postcode(" sw1a1aa ") == "SW1A 1AA");
  CHECK(normalise_postcode("m1 1ae") == "M1 1AE");
  CHECK(normalise_postcode("ec1a") == "EC1A");
  CHECK_FALSE(normalise_postcode("A1A1A"));
}

// Law: whatever the rows and their order, every listed postcode is found, with the councils of its rows and no others.
TEST_CASE("a table answers for exactly its rows, whatever their order") {
  const Folder folder;
  const auto authorities =
      folder.write("a.csv", "gss,name,tier,parent_gss\nA,A,unitary,\nB,B,unitary,\nC,C,unitary,\n");
  std::mt19937 random(5);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const char* const outcodes[] = {"A1", "A10", "AB1", "AB10", "A1B", "AB1C", "Z99"};
  for (int round = 0; round < 20; ++round) {
    std::map<std::string, std::set<std::string>> expected;
    std::string csv = "admin_district_gss,postcode,lat,lon,admin_county_gss\n";
    for (int row = 0; row < 200; ++row) {
      const std::string postcode = std::string(outcodes[pick(0, 6)]) + " " + std::to_string(pick(0, 9)) +
                                   static_cast<char>('A' + pick(0, 25)) + "A";
      const std::string council(1, static_cast<char>('A' + pick(0, 2)));
      expected[postcode].insert(council);
      csv += council + "," + postcode + ",51,-1,\n";
    }
    const auto table = AreaTable::load({folder.write("p.csv", csv)}, {authorities});
    REQUIRE(table.ok());
    for (const auto& [postcode, councils] : expected) {
      const auto answer = (*table)->find(postcode);
      REQUIRE(answer.ok());
      std::set<std::string> found;
      for (const auto& alternative : answer->alternatives) found.insert(alternative.at(0).authority.code);
      REQUIRE(found == councils);
    }
  }
}

TEST_CASE("the demo region: every postcode is served by a council, health, police and fire, and each says why") {
  const std::filesystem::path data = std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/demo/areas";
  const auto table = AreaTable::load({data / "postcodes.csv"}, {data / "authorities.csv"});
  REQUIRE(table.ok());
  CHECK((*table)->report().skipped_rows() == 0);
  std::ifstream file(data / "postcodes.csv");
  std::string line;
  std::getline(file, line);
  std::set<Tier> tiers;
  while (std::getline(file, line)) {
    const auto answer = (*table)->find(line.substr(0, line.find(',')));
    CAPTURE(line);
    REQUIRE(answer.ok());
    REQUIRE(answer->point);
    REQUIRE_FALSE(answer->alternatives.empty());
    for (const auto& serving : answer->alternatives) {
      std::set<Tier> here;
      for (const auto& serves : serving) here.insert(serves.authority.tier);
      for (const Tier tier : {Tier::Health, Tier::Police, Tier::Fire}) REQUIRE(here.contains(tier));
      REQUIRE(here.contains(Tier::Unitary) != (here.contains(Tier::District) && here.contains(Tier::County)));
      tiers.insert(here.begin(), here.end());
    }
  }
  CHECK(tiers.contains(Tier::Unitary));
  CHECK(tiers.contains(Tier::District));
  CHECK((*table)->authority("E06999001")->duties.back() == "rights_of_way");
}

TEST_CASE("real postcodes of 2014 and GOV.UK's list of authorities") {
  const std::filesystem::path data = kiosk::test::real_data("areas");
  if (data.empty()) {
    WARN("skipped: no real data");
    return;
  }
  const auto table = AreaTable::load({data / "postcodes_demo_areas.csv"}, {data / "local-authorities_govuk.csv"});
  REQUIRE(table.ok());
  CHECK((*table)->size() == 39712);
  CHECK((*table)->report().skipped_rows() == 0);
  const auto bristol = (*table)->find("BS1 5TR");
  REQUIRE(bristol.ok());
  CHECK(names(bristol->alternatives.at(0)) == Names{"Bristol City Council"});
  const auto outcode = (*table)->find("DN15");
  REQUIRE(outcode.ok());
  CHECK(outcode->alternatives.at(0).at(0).authority.name == "North Lincolnshire Council");
  const auto* adur = (*table)->authority("E07000223");
  REQUIRE(adur);
  CHECK(adur->tier == Tier::District);
  REQUIRE((*table)->authority(adur->parent));
  CHECK((*table)->authority(adur->parent)->name == "West Sussex County Council");
}
