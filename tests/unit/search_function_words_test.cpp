// Words that are function words in one sentence and the subject of another.
#include "tests/unit/search_list.h"

using namespace kiosk::search::test;

namespace {

std::shared_ptr<const kiosk::search::Index> index(const kiosk::search::ConceptList& concepts = {}) {
  return index_of({service("wills", "Wills and probate"), service("bin", "Missed bin collection"),
                   service("music", "Make music together"), service("cans", "Drinks can recycling"),
                   service("tin", "Tin whistle lessons"), service("it", "IT skills for beginners"),
                   service("skills", "Skills for work"), service("events", "Events in the library"),
                   service("writing", "Writing group"),
                   service("carer", "Carers", "What they will do, what you can do, and how it may help")},
                  concepts);
}

}  // namespace

TEST_CASE("a function word keeps its weight where it is the subject") {
  const auto services = index();
  struct Example {
    const char *text, *first;
  };
  for (const Example& example :
       {Example{"make a will", "wills"}, Example{"make will", "wills"}, Example{"write my will", "wills"},
        Example{"I want to write a will", "wills"}, Example{"my mum's will", "wills"}, Example{"will writing", "wills"},
        Example{"died without a will", "wills"}, Example{"drinks can", "cans"}, Example{"a tin can", "cans"},
        Example{"it skills", "it"}}) {
    CAPTURE(example.text);
    const Ids found = ids(services->find(whole(example.text)));
    REQUIRE_FALSE(found.empty());
    CHECK(std::find(found.begin(), found.end(), example.first) != found.end());
    CHECK(std::find(found.begin(), found.end(), "carer") == found.end());
  }
  CHECK(ids(services->find(whole("make a will"))).front() == "wills");
  CHECK(ids(services->find(whole("it skills"))).front() == "it");
}

TEST_CASE("in a sentence it weighs nothing: the answer is that of the other words") {
  const auto services = index();
  struct Pair {
    const char *sentence, *core;
  };
  for (const Pair& pair :
       {Pair{"when will my bin be emptied", "bin emptied"}, Pair{"will you collect my bin", "collect bin"},
        Pair{"who will write to me", "write"}, Pair{"my bin will be emptied", "bin emptied"},
        Pair{"can I make music", "make music"}, Pair{"where can it go", "where can it go"},
        Pair{"rubbish can be collected", "rubbish collected"}, Pair{"is it free", "free"},
        Pair{"my carer will help", "carer help"}}) {
    CAPTURE(pair.sentence);
    CHECK(ids(services->find(whole(pair.sentence))) == ids(services->find(whole(pair.core))));
  }
}

TEST_CASE("a will is understood by the lexicon, and the other will is not") {
  const auto services = index(civic_concepts());
  for (const char* text : {"make a will", "write my will", "will", "Will writing", "my will", "need a will"}) {
    CAPTURE(text);
    const auto answer = services->find(whole(text));
    REQUIRE_FALSE(answer.hits.empty());
    CHECK(answer.hits.front().key.id == "wills");
    REQUIRE_FALSE(answer.concepts.empty());
    CHECK(answer.concepts.front().id == "making-a-will");
  }
  for (const char* text : {"when will my bin be emptied", "who will collect my bin"}) {
    CAPTURE(text);
    const auto answer = services->find(whole(text));
    CHECK(answer.hits.front().key.id == "bin");
    for (const auto& each : answer.concepts) CHECK(each.id != "making-a-will");
  }
}
