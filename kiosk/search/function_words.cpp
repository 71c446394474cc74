#include "kiosk/search/function_words.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "kiosk/search/stop_words.h"

namespace kiosk::search {
namespace {

using Words = std::span<const std::string_view>;

// A stop word that is a subject as well, and the neighbours by which one tells. Only those are here that hardly ever
// stand beside the function word: what is missed is found by the other words, what is taken wrongly costs a result.
struct Subject {
  std::string_view word;
  Words before;     // directly before it
  Words after;      // or directly after it
  Words not_after;  // whatever stands before it
  bool thing;       // what services are called by, so that it tells where it stands alone
};

// "s": of "my mum's will".
constexpr std::string_view kBeforeWill[] = {
    "a",       "the",   "my",       "your",    "his",        "her",       "our",        "their",
    "s",       "last",  "living",   "valid",   "no",         "without",   "mirror",     "free",
    "make",    "makes", "making",   "made",    "write",      "writes",    "writing",    "wrote",
    "written", "draft", "drafting", "contest", "contesting", "disputing", "challenging"};
constexpr std::string_view kAfterWill[] = {"and", "or", "writing", "writer", "writers", "testament", "executor"};
constexpr std::string_view kNotAfterWill[] = {"be", "get", "have"};

constexpr std::string_view kBeforeCan[] = {"a",     "the",    "tin",     "trash",    "garbage", "rubbish",
                                           "drink", "drinks", "aerosol", "watering", "petrol"};
constexpr std::string_view kNotAfterCan[] = {"be",   "go", "get", "not", "i",  "you", "we",
                                             "they", "he", "she", "it",  "my", "t"};

// Computers.
constexpr std::string_view kAfterIt[] = {"class",  "classes", "course",   "courses", "skills",
                                         "lesson", "lessons", "training", "suite"};

// Who hurts one: "controls" and "hurts" alone are as much of pests and of knees.
constexpr std::string_view kAfterWho[] = {
    "abuses", "abused",   "attacks",    "attacked", "beat",    "beats",     "burned",    "burns",      "chokes",
    "choked", "controls", "controlled", "follows",  "forces",  "forced",    "frightens", "hit",        "hits",
    "hurt",   "hurts",    "kicked",     "kicks",    "punched", "punches",   "pushed",    "pushes",     "raped",
    "rapes",  "scares",   "slapped",    "slaps",    "stalks",  "strangled", "strangles", "threatened", "threatens"};

constexpr Subject kSubjects[] = {{"will", kBeforeWill, kAfterWill, kNotAfterWill, true},
                                 {"can", kBeforeCan, {}, kNotAfterCan, true},
                                 {"it", {}, kAfterIt, {}, true},
                                 {"he", {}, kAfterWho, {}, false},
                                 {"she", {}, kAfterWho, {}, false}};

bool holds(Words words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

const Subject* subject_of(std::string_view word) {
  const auto* const known = std::find_if(std::begin(kSubjects), std::end(kSubjects),
                                         [&](const Subject& subject) { return subject.word == word; });
  return known == std::end(kSubjects) ? nullptr : known;
}

bool is_subject(const std::vector<Token>& tokens, std::size_t i) {
  const Subject* const known = subject_of(tokens[i].word);
  if (!known || tokens[i].after_apostrophe) return false;
  const std::string_view before = i > 0 ? std::string_view(tokens[i - 1].word) : std::string_view();
  const std::string_view after = i + 1 < tokens.size() ? std::string_view(tokens[i + 1].word) : std::string_view();
  if (holds(known->not_after, after)) return false;
  return holds(known->before, before) || holds(known->after, after);
}

}  // namespace

bool may_tell(std::string_view word, std::string_view language) {
  if (word.empty()) return false;
  const Subject* const subject = subject_of(word);
  return !is_own_stop_word(word, language) || (subject && subject->thing);
}

std::vector<bool> function_words(const std::vector<Token>& tokens, std::string_view language) {
  std::vector<bool> all(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i)
    all[i] = tokens[i].word.empty() || (is_stop_word(tokens[i].word, language) && !is_subject(tokens, i));
  return all;
}

}  // namespace kiosk::search
