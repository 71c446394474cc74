#include "kiosk/search/endings.h"

#include <array>
#include <map>

#include "kiosk/core/strings.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kFewestLetters = 3;

// Endings of nouns, adjectives and the commonest forms of verbs; the order does not matter.
struct Endings {
  std::string_view language, endings;
};
constexpr std::array<Endings, 8> kEndings = {{
    {"cy", "au iau iadau oedd aeth iaid ion ydd feydd wyr od i wr wraig ol us"},
    {"pl",
     "a e i o u y ą ę ie em om ów owi ami ach ego emu ej ą ym ymi ich imi iem ia iu ią ię ii owe owa owy owych ować "
     "anie ania aniu enie enia eniu ka ki ek ku kę ką ków kami kach ce ać ić yć ał ała ali ałem ałam"},
    {"uk",
     "а е и і о у ю я ь ї є й ий ої ою ею ям ях ями ам ах ами ів їв ові еві ом ем ого ому их им ими ій ия ії ію ння "
     "нню нням ати ити ють ять ть ла ли ло ка ки ку ко ок ці"},
    {"ur", "وں یں یاں ے ی ا ہ و یوں ات"},
    {"pa", "ਾਂ ੀਆਂ ਆਂ ਾ ੀ ੇ ੋ ੁ ਿਆਂ ੀਏ"},
    {"bn", "র ের এর কে তে টা টি গুলো গুলি রা দের য় ে া ি ী ো"},
    {"gu", "ઓ ો ા ી ું ે માં ની નો નું ને થી ના"},
    {"so", "ka ta ga da ha aha ada yada yaasha yaal o kii tii gii dii ku tu gu du kayga tayda aad ay ooyin iin in"},
}};

std::map<std::string, std::vector<std::string>, std::less<>> fold_endings() {
  std::map<std::string, std::vector<std::string>, std::less<>> folded;
  for (const Endings& of : kEndings) {
    for (const std::string& ending : core::split(of.endings, ' ')) {
      // Vowel signs alone are no word; they are folded as a part of one.
      const std::vector<Token> tokens = tokenize(ending, 4);
      folded[std::string(of.language)].push_back(tokens.size() == 1 && !tokens[0].word.empty() ? tokens[0].word
                                                                                               : ending);
    }
  }
  return folded;
}

}  // namespace

std::string without_ending(std::string_view word, std::string_view language) {
  static const auto folded = fold_endings();
  const auto found = folded.find(language);
  if (found == folded.end()) return std::string(word);
  std::string_view best;
  for (const std::string& ending : found->second) {
    if (ending.size() <= best.size() || !word.ends_with(ending)) continue;
    if (core::count_code_points(word.substr(0, word.size() - ending.size())) >= kFewestLetters) best = ending;
  }
  return std::string(word.substr(0, word.size() - best.size()));
}

std::vector<std::string> unmutated_welsh(std::string_view word) {
  // Soft, nasal and aspirate mutation, read backwards: what a beginning may stand for.
  struct Mutation {
    std::string_view now, before;
  };
  static constexpr std::array<Mutation, 22> kMutations = {
      {{"dd", "d"}, {"f", "b"},  {"f", "m"},   {"b", "p"},  {"d", "t"},  {"g", "c"},  {"l", "ll"}, {"r", "rh"},
       {"mh", "p"}, {"nh", "t"}, {"ngh", "c"}, {"m", "b"},  {"n", "d"},  {"ng", "g"}, {"ph", "p"}, {"th", "t"},
       {"ch", "c"}, {"w", "gw"}, {"a", "ga"},  {"e", "ge"}, {"o", "go"}, {"i", "gi"}}};
  std::vector<std::string> all;
  for (const Mutation& mutation : kMutations) {
    if (!word.starts_with(mutation.now) || word.size() <= mutation.now.size() + 2) continue;
    all.push_back(std::string(mutation.before) + std::string(word.substr(mutation.now.size())));
  }
  return all;
}

}  // namespace kiosk::search
