#include "kiosk/search/query_plan.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/search/builder.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/tokenizer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostCodePoints = 200;
constexpr std::size_t kMostWords = 24;
constexpr std::size_t kShortestWithTypingError = 4;
constexpr std::size_t kShortestWithTwo = 8;

std::string_view cut(std::string_view text) {
  std::size_t left = kMostCodePoints;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    // A run of stray continuation bytes is no code point, but must end as well.
    if ((begins && left-- == 0) || end >= 4 * kMostCodePoints) break;
  }
  return text.substr(0, end);
}

void add_unless_held(std::vector<WeighedWord>& words, WordId word, float weight) {
  const bool held = std::any_of(words.begin(), words.end(), [&](const WeighedWord& w) { return w.word == word; });
  if (!held) words.push_back({word, weight});
}

void add_family(const std::string& word, const std::string& language, const Lexicon& lexicon, Reading& reading) {
  if (const WordId id = lexicon.find(word); id < lexicon.size()) add_unless_held(reading.words, id, 1);
  for (const std::string& of : {std::string("en"), language}) {
    for (const WordId id : lexicon.with_stem_of(word, of)) add_unless_held(reading.words, id, kRank.stem);
    if (language == "en") break;
  }
}

Reading as_written(const QueryWord& word, const std::string& language, const Lexicon& lexicon) {
  Reading reading;
  add_family(word.word, language, lexicon, reading);
  for (const std::string& joined : word.joined) add_family(joined, language, lexicon, reading);
  return reading;
}

void join_neighbours(std::vector<QueryWord>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string joined = words[i].word + words[i + 1].word;
    if (joined.size() > kMaxWordBytes) continue;
    words[i].joined.push_back(joined);
    words[i + 1].joined.push_back(joined);
  }
}

Reading going_on(const QueryWord& word, const Lexicon& lexicon) {
  Reading reading;
  reading.weight = kRank.prefix;
  const auto [first, last] = lexicon.with_prefix(word.word);
  reading.words.reserve(last - first);
  for (WordId id = first; id < last; ++id) reading.words.push_back({id, 1});
  return reading;
}

Reading mistyped(const QueryWord& word, int edits, int allowed, const Lexicon& lexicon) {
  Reading reading;
  reading.weight = edits == 1 ? kRank.one_edit : kRank.two_edits;
  for (const NearWord& near : lexicon.near(word.word, {allowed, true})) {
    if (near.edits == edits) reading.words.push_back({near.word, 1});
  }
  return reading;
}

}  // namespace

ParsedQuery parse(const Query& query) {
  const std::string_view text = cut(query.text);
  const std::vector<Token> tokens = tokenize(text, kMostCodePoints);
  ParsedQuery parsed;
  parsed.name_hash = hash_of_name(tokens);
  const auto is_stop = [&](const Token& token) {
    return token.word.empty() || is_stop_word(token.word, query.language);
  };
  const bool only_stops = std::all_of(tokens.begin(), tokens.end(), is_stop);
  for (const Token& token : tokens) {
    if (token.word.empty() || (!only_stops && is_stop(token))) continue;
    const bool last = query.last_word_is_prefix && &token == &tokens.back() && token.end == text.size();
    const auto held = std::find_if(parsed.words.begin(), parsed.words.end(),
                                   [&](const QueryWord& word) { return word.word == token.word; });
    if (held != parsed.words.end()) {
      held->may_go_on |= last;
    } else if (parsed.words.size() < kMostWords) {
      parsed.words.push_back({token.word, last, {}});
    }
  }
  join_neighbours(parsed.words);
  return parsed;
}

int edits_allowed(std::string_view word) {
  const bool has_digit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t letters = core::count_code_points(word);
  if (has_digit || letters < kShortestWithTypingError) return 0;
  return letters < kShortestWithTwo ? 1 : 2;
}

std::vector<Reading> readings(const QueryWord& word, const std::string& language, const Lexicon& lexicon) {
  std::vector<Reading> all;
  all.push_back(as_written(word, language, lexicon));
  if (word.may_go_on) all.push_back(going_on(word, lexicon));
  const int allowed = edits_allowed(word.word);
  for (int edits = 1; edits <= allowed; ++edits) all.push_back(mistyped(word, edits, allowed, lexicon));
  std::erase_if(all, [](const Reading& reading) { return reading.words.empty(); });
  return all;
}

}  // namespace kiosk::search
