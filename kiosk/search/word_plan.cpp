#include "kiosk/search/word_plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk::search {
namespace {

// Which records an earlier reading of the word at hand matched. A thread has one table, as new after each word: it
// holds nothing of what was asked.
class Seen {
 public:
  explicit Seen(std::size_t documents) : table_(table()) { table_.resize(documents); }
  ~Seen() { std::fill(table_.begin(), table_.end(), 0); }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;

  // Whether it is seen for the first time.
  bool add(DocumentId document) { return !std::exchange(table_[document], std::uint8_t{1}); }

 private:
  using Table = std::vector<std::uint8_t>;  // by document
  static Table& table() {
    thread_local Table one;
    return one;
  }

  Table& table_;
};

float rarity(std::size_t holders, const Contents& contents) {
  const auto all = static_cast<float>(contents.documents.size());
  const auto with = static_cast<float>(holders);
  return std::log(1.0f + (all - with + 0.5f) / (with + 0.5f));
}

// A reading is as rare as the records are that it matches and no earlier reading of the word does.
void weigh(WordPlan& plan, const Contents& contents) {
  Seen seen(contents.documents.size());
  for (const Reading& reading : plan.readings) {
    BlockLists postings(contents, reading);
    plan.walked += postings.size();
    std::size_t holders = 0;
    postings.for_all([&, fields = reading.fields](const Posting& posting) {
      if (posting.fields & fields) holders += seen.add(posting.document);
    });
    if (holders == 0) continue;
    const float rare = plan.telling * rarity(holders, contents);
    // A typing error or a beginning is worth no more than the word that was written, if that is known.
    const float worth = plan.worth > 0 ? std::min(plan.worth, rare) : rare;
    if (plan.worth == 0) plan.worth = rare;
    plan.ways.push_back({reading.how, reading.fields, worth, std::move(postings)});
  }
  // A word that nothing matches weighs as much as the rarest, for every record alike.
  if (plan.worth == 0) plan.worth = plan.telling * rarity(1, contents);
}

}  // namespace

SharedWordPlan plan_word(const QueryWord& word, const std::string& language, const Contents& contents) {
  auto plan = std::make_shared<WordPlan>();
  plan->word = word;
  plan->readings = readings(word, language, contents);
  plan->telling = worth_of(word, plan->readings, language, contents);
  weigh(*plan, contents);
  plan->phrases = phrase_hits(word, plan->readings, contents);
  return plan;
}

bool still_holds(const WordPlan& plan, const QueryWord& word, const std::string& language, const Contents& contents) {
  const QueryWord& held = plan.word;
  if (held.word != word.word || held.may_go_on != word.may_go_on || held.head_only != word.head_only ||
      held.worth != word.worth)
    return false;
  if (held.joined == word.joined) return true;
  // Its neighbour is another: a change only where the two joined are a word.
  return joins_nothing(held, language, contents) && joins_nothing(word, language, contents);
}

}  // namespace kiosk::search
