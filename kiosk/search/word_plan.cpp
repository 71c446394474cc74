#include "kiosk/search/word_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiosk::search {
namespace {

// Which records were matched by an earlier reading of the word at hand: those that bear its number. A thread has one
// table, which is cleared when the numbers come round again. It holds no words.
class Seen {
 public:
  explicit Seen(std::size_t documents) : table_(table()) {
    if (table_.numbers.size() == documents && table_.last < std::numeric_limits<std::uint8_t>::max()) {
      ++table_.last;
      return;
    }
    table_.numbers.assign(documents, 0);
    table_.last = 1;
  }

  // Whether it is seen for the first time.
  bool add(DocumentId document) {
    if (table_.numbers[document] == table_.last) return false;
    table_.numbers[document] = table_.last;
    return true;
  }

 private:
  struct Table {
    std::vector<std::uint8_t> numbers;  // by document
    std::uint8_t last = 0;
  };
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
    const float rare = plan.word.worth * rarity(holders, contents);
    // A typing error or a beginning is worth no more than the word that was written, if that is known.
    const float worth = plan.worth > 0 ? std::min(plan.worth, rare) : rare;
    if (plan.worth == 0) plan.worth = rare;
    plan.ways.push_back({reading.how, reading.fields, worth, std::move(postings)});
  }
  // A word that nothing matches weighs as much as the rarest, for every record alike.
  if (plan.worth == 0) plan.worth = plan.word.worth * rarity(1, contents);
}

}  // namespace

SharedWordPlan plan_word(const QueryWord& word, const std::string& language, const Contents& contents) {
  auto plan = std::make_shared<WordPlan>();
  plan->word = word;
  plan->own_worth = word.worth;
  plan->readings = readings(word, language, contents);
  plan->word.worth = worth_of(word, plan->readings, language, contents);
  weigh(*plan, contents);
  plan->phrases = phrase_hits(word, plan->readings, contents);
  return plan;
}

bool still_holds(const WordPlan& plan, const QueryWord& word, const std::string& language, const Contents& contents) {
  const QueryWord& held = plan.word;
  if (held.word != word.word || held.may_go_on != word.may_go_on || held.head_only != word.head_only ||
      plan.own_worth != word.worth)
    return false;
  if (held.joined == word.joined) return true;
  // Its neighbour is another: a change only where the two joined are a word.
  return joins_nothing(held, language, contents) && joins_nothing(word, language, contents);
}

}  // namespace kiosk::search
