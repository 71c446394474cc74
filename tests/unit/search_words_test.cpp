// Words of many languages and spellings, and what of a text is marked.
#include <algorithm>

#include "tests/unit/search_list.h"

using namespace kiosk::search::test;
using kiosk::search::Query;

namespace {

std::vector<std::string> marked(const kiosk::search::Index& index, const std::string& text, const Query& query) {
  std::vector<std::string> parts;
  for (const auto& range : index.find(query).marks(text))
    parts.push_back(text.substr(range.begin, range.end - range.begin));
  return parts;
}

}  // namespace

TEST_CASE("case and diacritics do not matter") {
  struct Pair {
    const char *name, *query;
  };
  for (const Pair& pair :
       {Pair{"Wywóz śmieci", "SMIECI"}, Pair{"Wywoz smieci", "śmieci"}, Pair{"Dla osób łysych", "lysych"},
        Pair{"Tŷ a dŵr", "dwr"}, Pair{"Café crèche", "creche"}, Pair{"Straße", "STRASSE"}, Pair{"ΟΔΟΣ", "οδος"},
        Pair{"СМІТТЯ", "сміття"}, Pair{"ﬁnance", "finance"}, Pair{"Cafe\u0301 noir", "caf\u00e9"}}) {
    CAPTURE(pair.name, pair.query);
    CHECK(ids(index_of({service("s", pair.name), service("t", "Parking")})->find(whole(pair.query))) == Ids{"s"});
  }
}

TEST_CASE("Arabic: vowel marks, stretching and spellings of a letter") {
  const auto index = index_of({service("s", "المَدْرَسَة الابتدائية"), service("t", "إسكان")});
  CHECK(ids(index->find(whole("المدرسه"))) == Ids{"s"});
  CHECK(ids(index->find(whole("المـــدرسة"))) == Ids{"s"});
  CHECK(ids(index->find(whole("اسكان"))) == Ids{"t"});
  Query query = whole("مدارس");
  query.language = "ar";
  CHECK_NOTHROW(index->find(query));
}

TEST_CASE("scripts without spaces are found by any part") {
  const auto index = index_of({service("s", "垃圾收集服务"), service("t", "学校")});
  CHECK(ids(index->find(whole("垃圾"))).front() == "s");
  CHECK(ids(index->find(whole("收集"))) == Ids{"s"});
  Query one;
  one.text = "垃";
  CHECK(ids(index->find(one)) == Ids{"s"});
  CHECK(marked(*index, "关于垃圾收集", whole("垃圾收集")) == Ids{"垃圾收集"});
}

TEST_CASE("stems of the interface's language count beside the English ones") {
  const auto index = index_of({service("es", "Bibliotecas municipales"), service("en", "Libraries")});
  Query query = whole("biblioteca municipal");
  query.language = "es";
  CHECK(ids(index->find(query)) == Ids{"es"});
  query.text = "library";
  CHECK(ids(index->find(query)) == Ids{"en"});
}

TEST_CASE("apostrophes, hyphens, numbers and codes") {
  const auto index = index_of({service("child", "Children's centres"), service("drop", "Drop-in for 16-19 year olds"),
                               service("form", "Form B52b")});
  CHECK(ids(index->find(whole("children’s"))) == Ids{"child"});
  CHECK(ids(index->find(whole("16"))) == Ids{"drop"});
  CHECK(ids(index->find(whole("b52b"))) == Ids{"form"});
  CHECK(index->find(whole("b53b")).hits.empty());  // no typing errors in numbers
}

TEST_CASE("what nobody sees or types is no part of a word") {
  const auto index = index_of({service("bin", "Missed bin collection"), service("bus", "Bus pass")});
  for (const char* text : {"\U0001F5D1\uFE0F bin", "bin \U0001F5D1\uFE0F", "b\u00ADin", "\uFEFFbin", "bin\u200D",
                           "bin \U0001F468\u200D\U0001F469\u200D\U0001F467"}) {
    CAPTURE(text);
    const auto answer = index->find(whole(text));
    CHECK(ids(answer) == Ids{"bin"});
    CHECK_FALSE(answer.weak);
  }
  CHECK(ids(index_of({service("one", "Form 1"), service("two", "Form 2")})->find(whole("1\uFE0F\u20E3"))) ==
        Ids{"one"});
  CHECK(marked(*index, "a b\u00ADin", whole("bin")) == Ids{"b\u00ADin"});
}

TEST_CASE("initials are one word, with full stops or without") {
  const auto index = index_of({service("send", "SEND support"), service("pip", "P.I.P. claims"),
                               service("nhs", "NHS dentists"), service("rest", "Parking")});
  CHECK(ids(index->find(whole("P.I.P."))).front() == "pip");
  CHECK(ids(index->find(whole("pip"))).front() == "pip");
  CHECK(ids(index->find(whole("N.H.S"))).front() == "nhs");
  CHECK(ids(index->find(whole("n.h.s. dentists"))).front() == "nhs");
  CHECK(ids(index->find(whole("S.E.N.D."))).front() == "send");
  CHECK(marked(*index, "The N.H.S. here", whole("nhs")) == Ids{"N.H.S"});
  // A stop that ends a sentence joins nothing, and neither do two or one with a space.
  const auto letters = index_of({service("ab", "ab"), service("other", "Other")});
  for (const char* text : {"a. b", "a..b", "a b."}) {
    CAPTURE(text);
    CHECK(marked(*letters, text, whole("ab")).empty());
  }
}

TEST_CASE("what matched is marked, on whole code points") {
  const auto index = index_of({service("s", "Housing advice"), service("l", "Library")});
  CHECK(marked(*index, "Help with houses and Housing.", whole("housing")) == Ids{"houses", "Housing"});
  Query typing;
  typing.text = "advice on hou";
  CHECK(marked(*index, "Advice on a house", typing) == Ids{"Advice", "house"});
  CHECK(marked(*index, "Wywóz Śmieci dziś", whole("smieci")) == Ids{"Śmieci"});
  CHECK(marked(*index, "The library of the town", whole("the libary")) == Ids{"library"});
  CHECK(marked(*index, "Join Kelderby libraries", whole("the libary")) == Ids{"libraries"});
  CHECK(marked(*index, "Nothing here", whole("housing")).empty());
  CHECK(marked(*index, "", whole("housing")).empty());
  CHECK(marked(*index, "Housing", whole("")).empty());
}

TEST_CASE("what a query is understood as is marked where none of its own words stand") {
  const auto index =
      index_of({service("b", "Bin collection"), service("w", "Bulky waste collection")}, civic_concepts());
  const auto waste = marked(*index, "Bulky waste collection", whole("bin"));
  CHECK(std::find(waste.begin(), waste.end(), "waste") != waste.end());
  CHECK(marked(*index, "Bin and waste collection", whole("bin")) == Ids{"Bin"});
  const auto household = marked(*index, "Household waste collection service", whole("bin service"));
  CHECK(std::find(household.begin(), household.end(), "waste") != household.end());
}
