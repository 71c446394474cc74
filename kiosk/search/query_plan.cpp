#include "kiosk/search/query_plan.h"

#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/search/builder.h"
#include "kiosk/search/concepts.h"
#include "kiosk/search/function_words.h"
#include "kiosk/search/prefix_lists.h"
#include "kiosk/search/spelling.h"
#include "kiosk/search/stop_words.h"
#include "kiosk/search/tokenizer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kMostCodePoints = 200;
constexpr std::size_t kMostWords = 16;
constexpr std::size_t kShortestWithTypingError = 4;
constexpr std::size_t kShortestWithTwo = 6;
constexpr std::size_t kShortestHalf = 3;
constexpr std::size_t kShortestBegunWithSlip = 5;

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

// Records that hold both halves of "counciltax", each with its weaker half's weight.
void gather_both(std::span<const Posting> a, std::span<const Posting> b, std::vector<Posting>& out) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].document != b[j].document) {
      a[i].document < b[j].document ? ++i : ++j;
      continue;
    }
    out.push_back(
        {a[i].document, std::min(a[i].weight, b[j].weight), static_cast<std::uint8_t>(a[i].fields & b[j].fields)});
    ++i, ++j;
  }
}

Reading split(const QueryWord& word, const Contents& contents) {
  Reading reading;
  reading.how = How::Split;
  reading.weight = kRank.split;
  const std::string& whole = word.word;
  for (std::size_t at = kShortestHalf; at + kShortestHalf <= whole.size(); ++at) {
    if ((static_cast<unsigned char>(whole[at]) & 0xC0) == 0x80) continue;
    const WordId first = contents.lexicon.find(std::string_view(whole).substr(0, at));
    if (first >= contents.lexicon.size() || contents.postings.of(first).empty()) continue;
    const WordId second = contents.lexicon.find(std::string_view(whole).substr(at));
    if (second < contents.lexicon.size())
      gather_both(contents.postings.of(first), contents.postings.of(second), reading.gathered);
  }
  // It may be two words in more than one way.
  std::stable_sort(reading.gathered.begin(), reading.gathered.end(),
                   [](const Posting& a, const Posting& b) { return a.document < b.document; });
  return reading;
}

Reading going_on(const QueryWord& word, const Contents& contents) {
  Reading reading;
  reading.how = How::GoesOn;
  reading.weight = kRank.prefix;
  const auto range = contents.lexicon.with_prefix(word.word);
  const bool brief = core::count_code_points(word.word) <= kShortPrefixLetters;
  if (brief) reading.fields = kHeadFields;
  reading.ready = brief ? contents.union_of(range, contents.short_prefixes, contents.short_postings)
                        : contents.union_of(range, contents.heavy_prefixes, contents.heavy_postings);
  if (!reading.ready.empty()) return reading;
  reading.words.reserve(range.second - range.first);
  for (WordId id = range.first; id < range.second; ++id) reading.words.push_back({id, kRank.prefix});
  return reading;
}

// Whether the word as it is written says anything: it stands in a record, or in an everyday phrase of English or of the
// query's language, or goes on to a word that is held.
bool is_known(const QueryWord& word, const Reading& written, const std::string& language, const Contents& contents) {
  const std::size_t own = concept_language(language);
  const auto says = [&](const WeighedWord& each) {
    const auto triggers = contents.triggers.of(each.word);
    return !contents.postings.of(each.word).empty() ||
           std::any_of(triggers.begin(), triggers.end(), [&](const Trigger& trigger) {
             const std::size_t of = contents.phrases[trigger.phrase].language;
             return of == 0 || of == own;
           });
  };
  if (std::any_of(written.words.begin(), written.words.end(), says)) return true;
  const auto [first, last] = contents.lexicon.with_prefix(word.word);
  return word.may_go_on && first < last;
}

// Words near the one that was written, and the other forms of those one slip away.
void add_near(const QueryWord& word, int allowed, const Lexicon& lexicon, Reading& reading) {
  const std::vector<NearWord> near = lexicon.near(word.word, allowed);
  const float most = reading.is_certain ? kRank.certain_slip : kRank.slip;
  const float falls = reading.is_certain ? kRank.certain_slip_falls : kRank.slip_falls;
  for (const NearWord& each : near) {
    const float cost = slip_cost(word.word, lexicon.word(each.word));
    reading.words.push_back({each.word, most * std::exp(-falls * (cost - 1))});
  }
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (near[i].edits > 1) continue;
    const float weight = kRank.stem * reading.words[i].weight;
    for (const WordId id : lexicon.with_stem_of(lexicon.word(near[i].word), "en"))
      add_unless_held(reading.words, id, weight);
  }
}

Reading mistyped(const QueryWord& word, bool is_known, const Lexicon& lexicon) {
  Reading reading;
  reading.how = How::Mistyped;
  reading.is_certain = !is_known;
  const int allowed = edits_allowed(word.word);
  if (allowed > 0) add_near(word, allowed, lexicon, reading);
  if (word.may_go_on && core::count_code_points(word.word) >= kShortestBegunWithSlip && allowed > 0) {
    std::vector<WeighedWord> begun;
    for (const WordId id : lexicon.going_on_near(word.word)) begun.push_back({id, kRank.going_on_near});
    for (const WeighedWord& each : begun) add_unless_held(reading.words, each.word, each.weight);
  }
  return reading;
}

// The subject of "make a will": itself in names and categories alone, its other forms ("wills") anywhere. No slips of
// it: nobody means "mill".
Readings of_subject(const QueryWord& word, const std::string& language, const Contents& contents) {
  Reading forms = as_written(word, language, contents.lexicon);
  std::erase_if(forms.words,
                [&](const WeighedWord& form) { return is_stop_word(contents.lexicon.word(form.word), language); });
  Reading itself;
  itself.how = How::GoesOn;
  itself.fields = kHeadFields;
  if (const WordId id = contents.lexicon.find(word.word); id < contents.lexicon.size()) itself.words.push_back({id, 1});
  Readings all = {std::move(forms), std::move(itself)};
  if (!word.may_go_on) return all;
  all.push_back(going_on(word, contents));
  all.back().fields = kHeadFields;
  return all;
}

Reading sounding(const QueryWord& word, const Lexicon& lexicon) {
  Reading reading;
  reading.how = How::Sounds;
  for (const WordId id : lexicon.sounding_like(word.word)) reading.words.push_back({id, kRank.sound});
  return reading;
}

}  // namespace

ParsedQuery parse(const Query& query, const std::string& language) {
  const std::string_view text = cut(query.text);
  const std::vector<Token> tokens = tokenize(text, kMostCodePoints);
  ParsedQuery parsed;
  parsed.name_hash = hash_of_name(tokens);
  const std::vector<bool> stops = function_words(tokens, language);
  const bool only_stops = std::find(stops.begin(), stops.end(), false) == stops.end();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.word.empty() || (!only_stops && stops[i])) continue;
    const bool last = query.last_word_is_prefix && &token == &tokens.back() && token.end == text.size();
    const auto held = std::find_if(parsed.words.begin(), parsed.words.end(),
                                   [&](const QueryWord& word) { return word.word == token.word; });
    if (held != parsed.words.end()) {
      held->may_go_on |= last;
    } else if (parsed.words.size() < kMostWords) {
      const float worth = is_weak_word(token.word, language) ? kRank.weak : 1.0f;
      parsed.words.push_back({token.word, last, worth, !only_stops && is_stop_word(token.word, language)});
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

Readings readings(const QueryWord& word, const std::string& language, const Contents& contents) {
  Readings all;
  if (word.head_only) {
    all = of_subject(word, language, contents);
  } else {
    all.push_back(as_written(word, language, contents.lexicon));
    const bool known = is_known(word, all.front(), language, contents);
    if (word.may_go_on) all.push_back(going_on(word, contents));
    all.push_back(split(word, contents));
    all.push_back(mistyped(word, known, contents.lexicon));
    all.push_back(sounding(word, contents.lexicon));
  }
  std::erase_if(all, [](const Reading& reading) {
    return reading.words.empty() && reading.gathered.empty() && reading.ready.empty();
  });
  return all;
}

bool joins_nothing(const QueryWord& word, const std::string& language, const Contents& contents) {
  Reading joined;
  for (const std::string& each : word.joined) add_family(each, language, contents.lexicon, joined);
  return joined.words.empty();
}

float worth_of(const QueryWord& word, const Readings& readings, const std::string& language, const Contents& contents) {
  const auto slip = std::find_if(readings.begin(), readings.end(), [](const Reading& r) { return r.is_certain; });
  if (slip == readings.end() || slip->words.empty()) return word.worth;
  const auto likeliest = std::max_element(slip->words.begin(), slip->words.end(),
                                          [](const auto& a, const auto& b) { return a.weight < b.weight; });
  const std::string_view meant = contents.lexicon.word(likeliest->word);
  return is_weak_word(meant, language) || is_stop_word(meant, language) ? kRank.weak : word.worth;
}

}  // namespace kiosk::search
