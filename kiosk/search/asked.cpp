#include "kiosk/search/asked.h"

#include <algorithm>

namespace kiosk::search {
namespace {

SharedWordPlan plan_of(const QueryWord& word, const Asked& asked, const Asked* before) {
  if (before) {
    const auto held = std::find_if(before->words.begin(), before->words.end(), [&](const SharedWordPlan& plan) {
      return still_holds(*plan, word, asked.read_in, *asked.contents);
    });
    if (held != before->words.end()) return *held;
  }
  return plan_word(word, asked.read_in, *asked.contents);
}

}  // namespace

std::shared_ptr<const Asked> ask(const Query& query, const std::shared_ptr<const Contents>& contents) {
  auto asked = std::make_shared<Asked>();
  asked->contents = contents;
  asked->language = query.language;
  asked->read_in = language_of(query, *contents);
  asked->parsed = parse(query, asked->read_in);
  const Asked* const before = query.before.get();
  const bool same = before && before->contents == contents && before->read_in == asked->read_in;
  std::vector<std::span<const PhraseHit>> hits;
  for (const QueryWord& word : asked->parsed.words) {
    asked->words.push_back(plan_of(word, *asked, same ? before : nullptr));
    hits.emplace_back(asked->words.back()->phrases);
  }
  asked->meanings = meanings(asked->parsed, hits, asked->read_in, *contents);
  return asked;
}

}  // namespace kiosk::search
