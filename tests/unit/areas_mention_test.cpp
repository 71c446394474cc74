// A postcode among other words.
#include <fstream>

#include "kiosk/areas/mention.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using kiosk::areas::AreaTable;
using kiosk::areas::find_mention;

namespace {

std::shared_ptr<const AreaTable> table() {
  const kiosk::test::TemporaryFolder folder;
  std::ofstream(folder.path() / "p.csv") << "postcode,lat,lon,admin_county_gss,admin_district_gss\n"
                                            "AB1 2CD,53,-0.4,,E06000001\nAB12 3CD,53,-0.4,,E06000001\n";
  std::ofstream(folder.path() / "a.csv") << "gss,name,tier,parent_gss\nE06000001,Abbey Council,unitary,\n";
  auto loaded = AreaTable::load({folder.path() / "p.csv"}, {folder.path() / "a.csv"});
  REQUIRE(loaded.ok());
  return *loaded;
}

}  // namespace

TEST_CASE("a postcode or outcode that is known is found among other words, and taken out of them") {
  const auto areas = table();
  struct Example {
    const char *text, *postcode, *rest;
  };
  for (const Example& example : {Example{"bins at ab1 2cd please", "AB1 2CD", "bins at   please"},
                                 Example{"AB12CD", "AB1 2CD", ""}, Example{"ab12 3cd bins", "AB12 3CD", "bins"},
                                 Example{"bins ab12", "AB12", "bins "}, Example{"bins AB1 2CD ", "AB1 2CD", "bins "}}) {
    CAPTURE(example.text);
    const auto mention = find_mention(example.text, *areas);
    REQUIRE(mention);
    CHECK(mention->answer.postcode == example.postcode);
    CHECK(mention->rest == example.rest);
    CHECK(mention->known);
  }
}

TEST_CASE("a full postcode that is not known is taken out too, and said to be unknown") {
  const auto areas = table();
  for (const char* text : {"bins zx1 1aa", "bins ZX11AA", "zx1 1aa bins", "bins ab1 2ab"}) {
    CAPTURE(text);
    const auto mention = find_mention(text, *areas);
    REQUIRE(mention);
    CHECK_FALSE(mention->known);
    CHECK(mention->rest.find("bins") != std::string::npos);
    CHECK(mention->rest.size() <= 5);
    CHECK(mention->answer.postcode.size() == 7);
    CHECK(mention->answer.alternatives.empty());
    CHECK_FALSE(mention->answer.point);
  }
  const auto both = find_mention("from zx1 1aa to ab1 2cd", *areas);
  REQUIRE(both);
  CHECK(both->known);
  CHECK(both->answer.postcode == "AB1 2CD");
}

TEST_CASE("what the table does not hold, and what only looks like a postcode, stays a word") {
  const auto areas = table();
  for (const char* text : {"", "bins", "vitamin b12", "form P45", "zz1 1zz bins", "16-19", "P45 2nd copy",
                           "room A1 5pm", "my bins were not emptied in week 12", "\xff\xfe ab"}) {
    CAPTURE(text);
    CHECK_FALSE(find_mention(text, *areas));
  }
}
