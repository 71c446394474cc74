// The civic lexicon: how its files are read, and what they do for a search.
#include <algorithm>
#include <fstream>

#include "tests/unit/search_list.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::search::test;
using kiosk::core::ErrorKind;
using kiosk::search::Concept;
using kiosk::search::ConceptList;
using kiosk::search::kConceptLanguages;
using kiosk::search::load_concepts;
using kiosk::search::Query;

namespace {

std::string block(const std::string& id) {
  std::string text = "concept " + id + "\nservices: refuse collection; household waste\n";
  for (const std::string_view language : kConceptLanguages) text += std::string(language) + ": one; two\n";
  return text;
}

kiosk::core::Result<ConceptList> read(const std::string& text) {
  const kiosk::test::TemporaryFolder folder;
  std::ofstream(folder.path() / "a.txt") << text;
  return load_concepts(folder.path());
}

ConceptList missed_bin() {
  Concept one;
  one.id = "missed-bin";
  one.services = {"missed collection", "refuse collection"};
  one.words[0] = {"bin not emptied", "rubbish left behind"};
  one.words[2] = {"śmieci", "nie odebrali śmieci"};  // pl
  one.words[15] = {"垃圾没收", "没有收垃圾"};        // zh
  return {{one}, 1};
}

}  // namespace

TEST_CASE("the lexicon that is delivered is sound and large enough") {
  const ConceptList& concepts = civic_concepts();
  CHECK(concepts.concepts.size() >= 400);
  CHECK(concepts.fingerprint != 0);
  CHECK(*kiosk::search::fingerprint_of_concepts(std::filesystem::path(KIOSK_SOURCE_DIR) / "assets" / "search") ==
        concepts.fingerprint);
  for (const Concept& one : concepts.concepts) {
    CAPTURE(one.id);
    for (const auto& words : one.words) CHECK(words.size() >= 2);
  }
}

TEST_CASE("a fault of the lexicon names file, line and concept") {
  CHECK(read(block("bins") + "\n# a remark\n\n" + block("tips")).ok());
  struct Fault {
    std::string text, what, where;
  };
  const std::string good = block("bins");
  for (const Fault& fault :
       {Fault{"en: one; two\n", "a block begins with a line", "a.txt:1"},
        Fault{good + "\n" + good, "used in a.txt already", "a.txt:20"},
        Fault{"concept Bad Id\n", "small letters", "a.txt:1"},
        Fault{"concept bins\nservices: refuse; tip\ncy: bin; ci\n", "here comes \"en:\"", "a.txt:3"},
        Fault{"concept bins\nservices: refuse; tip\nen: bins\n", "at least two phrases", "a.txt:3"},
        Fault{"concept bins\nservices: refuse; tip\n", "\"en:\" is missing", "a.txt:2"},
        Fault{good + "de: eins; zwei\n", "nothing follows the last language", "a.txt:19"},
        Fault{"concept bins\nservices: refuse; " + std::string(300, 'x') + "\n", "too long", "a.txt:2"},
        Fault{"concept bins\nservices: the; my\n", "\"the\" has no word that tells", "a.txt:2"},
        Fault{"concept bins\nservices: refuse; !!!\n", "\"!!!\" has no word", "a.txt:2"},
        Fault{"concept bins\nservices: refuse; and of the\n", "\"and of the\" has", "a.txt:2"},
        Fault{"# nothing but remarks\n", "holds no concepts", ""}}) {
    const auto read_back = read(fault.text);
    CAPTURE(fault.text.substr(0, 60), fault.what);
    REQUIRE_FALSE(read_back.ok());
    CHECK(read_back.error().kind == ErrorKind::Invalid);
    CHECK(read_back.error().what.find(fault.what) != std::string::npos);
    CHECK(read_back.error().where.find(fault.where) != std::string::npos);
  }
  CHECK(load_concepts("/no/such/folder").error().kind == ErrorKind::NotFound);
}

TEST_CASE("a file may begin with a byte order mark, and what is a function word only elsewhere tells") {
  const auto marked = read("\xEF\xBB\xBF" + block("bins"));
  REQUIRE(marked.ok());
  CHECK(marked->concepts.at(0).id == "bins");
  std::string text = block("wills");
  text.replace(text.find("en: one; two"), 12, "en: will; wills");
  text.replace(text.find("tr: one; two"), 12, "tr: i\u015f; vasiyet");  // "iş", work: folded it is the English "is"
  CHECK(read(text).ok());
}

TEST_CASE("who hurts one tells what is meant") {
  const auto index = index_of({service("abuse", "Domestic abuse: help and refuge"), service("pest", "Pest control"),
                               service("physio", "Physiotherapy", "For knee pain")},
                              civic_concepts());
  for (const char* text : {"he controls me", "She hurts me", "he hit me", "my partner controls me", "scared of him"}) {
    CAPTURE(text);
    const Ids found = ids(index->find(whole(text)));
    REQUIRE_FALSE(found.empty());
    CHECK(found.front() == "abuse");
  }
  CHECK(ids(index->find(whole("pest control"))).front() == "pest");
  CHECK(ids(index->find(whole("my knee hurts"))).front() == "physio");
}

TEST_CASE("where many concepts send people is found for each of them, and means none of them") {
  ConceptList crimes;
  for (const char* id : {"burglary", "mugging", "report-crime", "robbery", "theft", "vandalism"}) {
    Concept one;
    one.id = id;
    one.services = {std::string(id) == "report-crime" ? "report a crime" : std::string("victims of ") + id,
                    std::string(id) == "report-crime" ? "police" : "report a crime"};
    one.words[0] = {std::string("my ") + id, id};
    crimes.concepts.push_back(one);
  }
  const auto index = index_of(
      {service("police", "Report a crime"), service("victims", "Victims of burglary"), service("bins", "Bins")},
      crimes);
  CHECK(ids(index->find(whole("theft"))) == Ids{"police"});
  CHECK(ids(index->find(whole("burglary"))).size() == 2);
  const auto asked = index->find(whole("report a crime"));
  CHECK(ids(asked) == Ids{"police"});
  REQUIRE(asked.concepts.size() == 1);
  CHECK(asked.concepts[0].id == "report-crime");
}

TEST_CASE("everyday words find what services are called, in any language, whatever the interface's") {
  const auto index = index_of({service("bins", "Refuse collection"), service("park", "Parks and gardens"),
                               service("missed", "Missed collection")},
                              missed_bin());
  for (const char* text : {"bin not emptied", "my bin was not emptied", "rubbish left behind", "śmieci", "smieci",
                           "nie odebrali śmieci", "没有收垃圾", "垃圾沒收"}) {
    CAPTURE(text);
    CHECK(ids(index->find(whole(text))) == Ids{"missed", "bins"});
  }
  Query polish = whole("śmieci");
  polish.language = "pl";
  CHECK(ids(index->find(polish)) == Ids{"missed", "bins"});
  // A foreign word among English ones is no word of that language.
  CHECK(ids(index->find(whole("the parks smieci"))) == Ids{"park"});
}

TEST_CASE("an English word is no foreign one that sounds like it") {
  Concept one;
  one.id = "midwife";
  one.services = {"midwives"};
  one.words[0] = {"labour ward"};
  one.words[2] = {"poród"};
  const auto index = index_of({service("clinic", "Midwives")}, {{one}, 1});
  Query polish = whole("poród");
  polish.language = "pl";
  CHECK(ids(index->find(polish)) == Ids{"clinic"});
  polish.text = "birth";  // PRT in Metaphone, as "porod"
  CHECK(index->find(polish).concepts.empty());
  CHECK(ids(index->find(polish)).empty());
}

TEST_CASE("the words themselves come before what they may mean") {
  const auto index =
      index_of({service("bins", "Refuse collection"), service("named", "Bin not emptied")}, missed_bin());
  CHECK(ids(index->find(whole("bin not emptied"))).front() == "named");
}

TEST_CASE("an answer says what it took the query for") {
  const auto index = index_of({service("bins", "Refuse collection")}, missed_bin());
  Query query = whole("bin not emptied");
  const auto answer = index->find(query);
  REQUIRE(answer.concepts.size() == 1);
  CHECK(answer.concepts[0].id == "missed-bin");
  CHECK(answer.concepts[0].words == "bin not emptied");
  CHECK_FALSE(answer.weak);
  query.language = "pl";
  CHECK(index->find(query).concepts.at(0).words == "śmieci");
  CHECK(index->find(whole("zzzz")).weak);
}

TEST_CASE("a topic is meant where nothing more is asked, and none of its services means it") {
  Concept topic;
  topic.id = "topic-older-people";
  topic.services = {"day centre", "bus pass"};
  topic.words[0] = {"older people", "pensioners"};
  const auto index = index_of({service("centre", "Day centre"), service("pass", "Bus pass"),
                               service("lost", "Lost pass"), service("parking", "Parking for pensioners")},
                              {{topic}, 1});
  const Ids asked = ids(index->find(whole("services for older people")));
  CHECK(asked.size() == 2);  // both, and nothing else
  CHECK(ids(index->find(whole("pensioners parking"))).front() == "parking");
  const Ids one = ids(index->find(whole("day centre")));
  CHECK(std::find(one.begin(), one.end(), "pass") == one.end());
}
