// What start and `kioskctl config check` refuse: each with configuration file, line, key and the way out.
#include <fstream>

#include "kiosk/app/area_source.h"
#include "kiosk/app/site_check.h"
#include "kiosk/app/tour.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;
using kiosk::test::TemporaryFolder;

namespace {

struct SiteFolder {
  TemporaryFolder folder;
  std::filesystem::path file() const { return folder.path() / "site.toml"; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder.path() / name) << text; }

  // "" where the site is good.
  std::string refusal(const std::string& config, app::CheckDepth depth = app::CheckDepth::Start) const {
    write("site.toml", config);
    const auto checked = app::load_checked(file(), depth);
    return checked.ok() ? "" : checked.error().describe();
  }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a language without words is refused, and those with words are named") {
  const SiteFolder site;
  const std::string why = site.refusal("[kiosk]\nlanguages = [\n  \"en\",\n  \"xx\"]\n");
  CHECK(contains(why, "site.toml:4: kiosk.languages: there are no words in \"xx\"; there are in: ar, cy, en"));
  CHECK(site.refusal("[kiosk]\nlanguages = [\"pl\", \"en\"]\n").empty());
}

TEST_CASE("a primary colour below contrast is refused with the contrast that it has and the one that is needed") {
  const SiteFolder site;
  const std::string yellow = site.refusal("[display]\nprimary = \"#ffff00\"\n");
  CHECK(contains(yellow, "site.toml:2: display.primary: in the light theme, contrast of"));
  CHECK(contains(yellow, "must be at least 7"));
  CHECK(contains(yellow, "darker colour, or theme = \"dark\""));
  const std::string grey = site.refusal("[display]\nprimary = \"#808080\"\n");
  CHECK(contains(grey, "in the light theme"));
  CHECK(contains(grey, "in the dark theme"));
  CHECK(contains(site.refusal("[display]\ntheme = \"dark\"\nprimary = \"#0a3c43\"\n"), "choose a lighter colour"));
  CHECK(contains(site.refusal("[display]\ntheme = \"black-on-white\"\nprimary = \"#808080\"\n"), "primary"));
}

TEST_CASE("a primary colour that is fit for the theme visits begin in is taken, and the other theme is named") {
  const SiteFolder site;
  site.write("site.toml", "[display]\nprimary = \"#3b1464\"\n");
  const auto checked = app::load_checked(site.file(), app::CheckDepth::Start);
  REQUIRE(checked.ok());
  REQUIRE(checked->notes.size() == 1);
  CHECK(contains(checked->notes[0], "in the dark theme"));
  CHECK(site.refusal("[display]\ntheme = \"dark\"\nprimary = \"#ffff00\"\n").empty());
}

TEST_CASE("files that the configuration names and that cannot be read are found at check and at start") {
  const SiteFolder site;
  const std::string areas =
      site.refusal("[areas]\npostcodes = [\"nope.csv\"]\nauthorities = [\"nope2.csv\"]\n[topics]\nfile = \".\"\n");
  CHECK(contains(areas, "site.toml:2: areas.postcodes: "));
  CHECK(contains(areas, "nope.csv: cannot be read: No such file"));
  CHECK(contains(areas, "site.toml:3: areas.authorities: "));
  CHECK(contains(areas, "site.toml:5: topics.file: "));
  CHECK(contains(areas, "is a folder"));
}

TEST_CASE("what is wrong inside a file is found at check") {
  const SiteFolder site;
  site.write("good.csv", "postcode,lat,lon,admin_county_gss,admin_district_gss\n");
  site.write("bad.csv", "postcode,lat\n");
  site.write("topics.json", "{");
  const std::string config =
      "[areas]\npostcodes = [\n  \"good.csv\",\n  \"bad.csv\"]\n[topics]\nfile = \"topics.json\"\n";
  const std::string why = site.refusal(config, app::CheckDepth::Contents);
  CHECK(contains(why, "site.toml:4: areas.postcodes: "));
  CHECK(contains(why, "bad.csv: has no column \"lon\""));
  CHECK(contains(why, "site.toml:6: topics.file: "));
  CHECK(site.refusal(config).empty());

  const auto checked = app::load_checked(site.file(), app::CheckDepth::Start);
  REQUIRE(checked.ok());
  const auto opened = app::open_areas(checked->settings, site.folder.path());
  REQUIRE_FALSE(opened.ok());
  CHECK(contains(opened.error().describe(), "site.toml:4: areas.postcodes[1]: "));
}

TEST_CASE("what fails before the first step of a tour is not the tour's") {
  const SiteFolder site;
  site.write("topics.json", "{");
  site.write("site.toml", "[topics]\nfile = \"topics.json\"\n");
  const auto checked = app::load_checked(site.file(), app::CheckDepth::Start);
  REQUIRE(checked.ok());
  app::TourOptions options;
  options.out = site.folder.path() / "out";
  const auto outcome = app::run_tour(checked->settings, core::Json::array(), options);
  REQUIRE_FALSE(outcome.ok());
  CHECK(contains(outcome.error().describe(), "site.toml:2: topics.file: "));
}

TEST_CASE("the imported table is used where the configuration names no files, and not when it is damaged") {
  const SiteFolder site;
  site.write("p.csv", "postcode,lat,lon,admin_county_gss,admin_district_gss\nAB1 2CD,51,-2,,E1\n");
  site.write("a.csv", "gss,name,tier,parent_gss\nE1,Brook Council,unitary,\n");
  const std::filesystem::path folder = site.folder.path();
  settings::Settings settings;
  const auto none = app::open_areas(settings, folder);
  REQUIRE(none.ok());
  CHECK(none->table->size() == 0);
  CHECK_FALSE(none->unusable);

  const auto loaded = areas::AreaTable::load({folder / "p.csv"}, {folder / "a.csv"});
  REQUIRE(loaded.ok());
  REQUIRE((*loaded)->save(app::area_table_file(folder)).ok());
  CHECK(app::open_areas(settings, folder)->table->find("AB1 2CD").ok());

  site.write("other.csv", "postcode,lat,lon,admin_county_gss,admin_district_gss\nCD1 2AB,51,-2,,E1\n");
  settings.areas.postcodes = {folder / "other.csv"};
  CHECK_FALSE(app::open_areas(settings, folder)->table->find("AB1 2CD").ok());
  CHECK(app::open_areas(settings, folder)->table->find("CD1 2AB").ok());

  settings.areas.postcodes.clear();
  site.write("areas.table", "KIOSKARE and then nothing");
  const auto damaged = app::open_areas(settings, folder);
  REQUIRE(damaged.ok());
  CHECK(damaged->table->size() == 0);
  REQUIRE(damaged->unusable);
  CHECK(contains(damaged->unusable->describe(), "kioskctl areas import"));
}

TEST_CASE("a key that others may read, or that is missing, is refused") {
  const SiteFolder site;
  const std::string config =
      "[[reports]]\nid = \"streets\"\nname = \"Streets\"\nurl = \"https://open311.example/\"\napi_key_file = \"key\"\n";
  CHECK(contains(site.refusal(config), "site.toml:5: reports[0].api_key_file"));
  site.write("key", "not-a-real-key\n");
  namespace fs = std::filesystem;
  fs::permissions(site.folder.path() / "key", fs::perms::owner_read | fs::perms::group_read);
  CHECK(contains(site.refusal(config), "others may read it; it must have mode 0600"));
  fs::permissions(site.folder.path() / "key", fs::perms::owner_read | fs::perms::owner_write);
  CHECK(site.refusal(config).empty());
}
