// What is counted of searches that found nothing that fits.
#include "tests/unit/visit_fixture.h"

using namespace visit_test;

namespace {

constexpr core::Milliseconds kLong{5000};

visit::SearchResults weak(std::vector<search::NearConcept> concepts = {}, std::size_t cards = 0) {
  visit::SearchResults results;
  results.concepts = std::move(concepts);
  results.cards.resize(cards);
  results.weak = true;
  return results;
}

areas::Answer two_tiers() {
  areas::Answer answer;
  answer.postcode = "NF1 1AA";
  answer.alternatives = {{{areas::Authority{"E10"}, areas::Reason::CountyTier},
                          {areas::Authority{"E07"}, areas::Reason::DistrictTier},
                          {areas::Authority{"police"}, areas::Reason::CoversCouncil}}};
  return answer;
}

areas::Answer boundary() {
  areas::Answer answer;
  answer.alternatives = {{{areas::Authority{"E06"}, areas::Reason::UnitaryArea}},
                         {{areas::Authority{"E07"}, areas::Reason::DistrictTier}}};
  return answer;
}

// Types a text, answers it, and waits; the counts that were asked for since.
std::vector<visit::CountGap> settle(Visit& visit, const std::string& text, visit::SearchResults results) {
  std::vector<visit::CountGap> counted;
  const auto gather = [&] {
    for (const visit::Effect& effect : visit.effects()) {
      if (const auto* gap = effect.get_if<visit::CountGap>()) counted.push_back(*gap);
    }
  };
  visit.type(Field::Search, text);
  gather();
  visit(visit::SearchLoaded{visit.state().results.ticket, std::move(results)});
  gather();
  for (int i = 0; i < 10; ++i) {
    visit.later(kLong / 10)(visit::Tick{});
    gather();
  }
  return counted;
}

}  // namespace

TEST_CASE("a settled search without an answer is counted once, by what it meant and in the screen's language") {
  Visit visit;
  visit(visit::ChooseLanguage{"pl"});
  const auto counted =
      settle(visit, "zgubiłem pracę", weak({{"lost-job", "praca", 1}, {"benefits", "", 0.6f}, {"pets", "", 0.2f}}));
  REQUIRE(counted.size() == 1);
  CHECK(counted[0].kind == visit::CountGap::Kind::Nothing);
  CHECK(counted[0].language == "pl");
  CHECK(counted[0].needs == std::vector<std::string>{"benefits", "lost-job"});
  CHECK(counted[0].authority.empty());
}

TEST_CASE("results that do not fit are counted as weak, and good ones not at all") {
  Visit visit;
  const auto counted = settle(visit, "hostel xyz", weak({{"homeless", "homeless", 1}}, 3));
  REQUIRE(counted.size() == 1);
  CHECK(counted[0].kind == visit::CountGap::Kind::Weak);
  visit::SearchResults good = weak({{"bins", "bins", 1}}, 3);
  good.weak = false;
  CHECK(settle(visit, "bins", good).empty());
}

TEST_CASE("a misspelt word that is understood is no gap, one that is not is") {
  Visit visit;
  visit::SearchResults misspelt = weak({{"library", "library", 1}}, 3);
  misspelt.suggestions = {"library"};
  CHECK(settle(visit, "libary", misspelt).empty());
  misspelt.concepts.clear();
  CHECK(settle(visit, "sauna", misspelt).size() == 1);
}

TEST_CASE("who types on and means the same is counted once a visit, and anew in the next") {
  Visit visit;
  CHECK(settle(visit, "hostl", weak({{"homeless", "", 1}})).size() == 1);
  CHECK(settle(visit, "hostl xqz", weak({{"homeless", "", 1}}, 2)).empty());
  CHECK(settle(visit, "xqz", weak()).size() == 1);
  CHECK(settle(visit, "xqzv", weak()).empty());
  visit(visit::Finish{});
  CHECK(settle(visit, "xqzv", weak()).size() == 1);
}

TEST_CASE("keys on the way to a settled search are not counted") {
  Visit visit;
  for (const char* text : {"x", "xq", "xqz"}) {
    visit.type(Field::Search, text);
    visit(visit::SearchLoaded{visit.state().results.ticket, weak()});
    visit.later(core::Milliseconds(300))(visit::Tick{});
    CHECK_FALSE(visit.effect<visit::CountGap>());
  }
}

TEST_CASE("a list that filters have emptied is no directory without an answer, unless there was nothing to narrow") {
  Visit visit;
  visit.type(Field::Search, "hostel");
  visit(visit::ToggleFilter{search::Filter::Free});
  visit::SearchResults results = weak({{"homeless", "", 1}});
  visit::CountGap::Kind kind = visit::CountGap::Kind::Nothing;
  SECTION("filters left nothing") {
    results.found = 3;
    kind = visit::CountGap::Kind::Weak;
  }
  SECTION("nothing was found") { results.found = 0; }
  visit(visit::SearchLoaded{visit.state().results.ticket, results});
  visit.later(kLong)(visit::Tick{});
  REQUIRE(visit.effect<visit::CountGap>());
  CHECK(visit.effect<visit::CountGap>()->kind == kind);
}

TEST_CASE("the council of the address is counted, where there is one; no postcode ever is") {
  Visit visit;
  SECTION("of a postcode among the words: in two tiers the district") {
    visit::SearchResults results = weak();
    results.area = two_tiers();
    const auto counted = settle(visit, "xqz nf1 1aa", results);
    REQUIRE(counted.size() == 1);
    CHECK(counted[0].authority == "E07");
  }
  SECTION("of the address given before") {
    visit(visit::GoTo{Page::Area}).type(Field::Postcode, "nf1 1aa")(visit::SubmitField{Field::Postcode});
    visit(visit::AreaLoaded{visit.state().area.answer.ticket, two_tiers()});
    const auto counted = settle(visit, "xqz", weak());
    REQUIRE(counted.size() == 1);
    CHECK(counted[0].authority == "E07");
    visit::SearchResults elsewhere = weak({{"homeless", "", 1}});
    elsewhere.unknown_postcode = "ZX1 1AA";
    CHECK(settle(visit, "hostl zx1 1aa", elsewhere).at(0).authority.empty());
  }
  SECTION("none on a boundary until the resident has said which side") {
    visit(visit::GoTo{Page::Area}).type(Field::Postcode, "nf4 3al")(visit::SubmitField{Field::Postcode});
    visit(visit::AreaLoaded{visit.state().area.answer.ticket, boundary()});
    CHECK(settle(visit, "xqz", weak()).at(0).authority.empty());
    visit(visit::ChooseAlternative{0});
    CHECK(settle(visit, "hostl", weak({{"homeless", "", 1}})).at(0).authority == "E06");
  }
}

TEST_CASE("one visit cannot fill the report") {
  Visit visit;
  std::size_t counted = 0;
  for (int i = 0; i < 60; ++i) {
    visit(visit::Touched{});
    counted += settle(visit, "xqz", weak({{"need-" + std::to_string(i), "", 1}})).size();
  }
  CHECK(counted == 20);
}

TEST_CASE("a meaning that is only guessed at is not counted as what was needed") {
  Visit visit;
  const auto counted = settle(visit, "xyzzy", weak({{"dizzy-spells", "dizzy", 1, 0.1f}}));
  REQUIRE(counted.size() == 1);
  CHECK(counted.front().needs.empty());
}
