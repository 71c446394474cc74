#include "kiosk/search/stop_words.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

namespace {

// Words without which a sentence keeps its subject. Short on purpose: frequent nouns are weighed by their frequency.
struct List {
  std::string_view language, words;
};
constexpr List kLists[] = {
    {"en",
     "a about am an and any are as at be because been being but by can cannot cant could d did didn didnt do does "
     "doesn "
     "doesnt doing don dont "
     "for from get gets getting got had hadnt has hasn hasnt have haven havent having he help her hers him his how i "
     "if in into is isn isnt it its just "
     "ll "
     "m me mine my need needs needing no not of on or our ours please re s she should so some such t than that the "
     "their "
     "them then there these they this those through to too us ve very want wants wanting was wasn wasnt we were what "
     "when "
     "where which while who whom whose why will with won wont would you your yours"},
    {"cy",
     "a ac am ar at beth ble cael chi ddim dw dwi ei eich eu fi fy gan gyda hi i mae n na nad ni o oes oedd os pan pam "
     "pryd r rydw rwy sut sydd un wedi wrth y ydw ydy yn yng ym yr"},
    {"pl",
     "a aby ale albo by byc chce ci czy dla do gdzie go i ich ile ja jak jaka jaki jakie jest jestem kiedy kto ktory "
     "lub "
     "ma mam mi mnie moge moj moja moje musze my na nie o od po potrzebuje prosze przez sa sie sobie ta tak ten to u w "
     "we z za ze zeby"},
    {"ar",
     "في من على عن الى أن إن أنا هل ما ماذا كيف اين أين متى لماذا هذا هذه ذلك التي الذي مع أو و لي كان يا لا أريد"},
    {"es",
     "a al como con cual cuando de del donde el en es esta hay la las lo los me mi mis necesito no o para pero por "
     "que quiero se si sin su sus tengo un una y yo"},
    {"fr",
     "a au aux avec ce cette comment d dans de des du elle en est et il j je l la le les ma me mes mon ne nous ou "
     "par pas pour quand que qui s se si son sur un une vous"},
    {"pt",
     "a ao as com como da das de do dos e em eu meu minha na nao no nos o onde os ou para pelo por preciso quando "
     "que quero se sem um uma"},
    {"ro", "a ai al am ale ca ce cu cum de din e este eu fi in la mi nu o pe pentru sa sau se si sunt un unde vreau"},
    {"tr", "ama ben benim bir bu da de diye en icin ile ki mi mu nasil ne nerede o var ve ya yok"},
};

// Folded as queries are, so that the lists above can be written as people spell.
std::map<std::string, std::set<std::string, std::less<>>, std::less<>> fold_lists() {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> folded;
  for (const List& list : kLists) {
    auto& words = folded[std::string(list.language)];
    for (const Token& token : tokenize(list.words, 1000)) words.insert(token.word);
  }
  return folded;
}

}  // namespace

bool is_stop_word(std::string_view word, std::string_view language) {
  static const auto lists = fold_lists();
  const auto holds = [&](std::string_view which) {
    const auto list = lists.find(which);
    return list != lists.end() && list->second.contains(word);
  };
  return holds("en") || (language != "en" && holds(language));
}

}  // namespace kiosk::search
