#include "kiosk/search/lexicon.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "kiosk/search/edit_rows.h"
#include "kiosk/search/hash.h"
#include "kiosk/search/spelling.h"
#include "kiosk/search/stemmer.h"

namespace kiosk::search {

namespace {

constexpr std::size_t kLetters = 26;
constexpr std::size_t kShortestSlippedTwice = 6;
constexpr int kMostEditsOfSound = 4;  // what sounds alike is still spelt alike

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t n = 0;
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

std::uint32_t short_hash(std::string_view language, std::string_view text) {
  const std::uint64_t hash = hash_of(text, hash_of(language));
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

std::size_t first_letter_bytes(std::string_view word) {
  std::size_t n = word.empty() ? 0 : 1;
  while (n < word.size() && (static_cast<unsigned char>(word[n]) & 0xC0) == 0x80) ++n;
  return n;
}

bool is_plain(char c) { return c >= 'a' && c <= 'z'; }

std::size_t pair_of(char first, char second) {
  return static_cast<std::size_t>(first - 'a') * kLetters + static_cast<std::size_t>(second - 'a');
}

template <class Keep>
void for_hash(std::span<const HashedWord> words, std::uint32_t hash, Keep keep) {
  auto at = std::lower_bound(words.begin(), words.end(), HashedWord{hash, 0});
  for (; at != words.end() && at->hash == hash; ++at) keep(at->word);
}

}  // namespace

void add_stems(std::span<const std::string_view> words, std::span<const WordId> ids, const std::string& language,
               std::vector<HashedWord>& out) {
  for (const WordId id : ids) {
    if (!may_be_in(words[id], language)) continue;
    for (const std::string& one : stems(words[id], language)) out.push_back({short_hash(language, one), id});
  }
}

std::vector<WordId> words_with_stem_of(std::string_view wanted, std::string_view language,
                                       std::span<const HashedWord> stems_of_words) {
  std::vector<WordId> words;
  if (wanted.empty() || !may_be_in(wanted, language)) return words;
  for (const std::string& one : stems(wanted, language))
    for_hash(stems_of_words, short_hash(language, one), [&](WordId id) { words.push_back(id); });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

void Lexicon::write(const std::vector<std::string_view>& words, FileWriter& file) {
  std::string letters;
  std::vector<std::uint32_t> starts;
  std::vector<std::uint8_t> shared;
  std::vector<HashedWord> tails, sounds;
  std::string_view before;
  for (WordId id = 0; id < words.size(); ++id) {
    const std::string_view word = words[id];
    starts.push_back(static_cast<std::uint32_t>(letters.size()));
    shared.push_back(static_cast<std::uint8_t>(shared_prefix(before, word)));
    letters += word;
    before = word;
    tails.push_back({short_hash("", word.substr(first_letter_bytes(word))), id});
    if (const std::string sound = sound_of(word); !sound.empty()) sounds.push_back({short_hash("", sound), id});
  }
  starts.push_back(static_cast<std::uint32_t>(letters.size()));
  std::vector<WordId> all(words.size());
  std::iota(all.begin(), all.end(), WordId{0});
  std::vector<HashedWord> stems;
  for (const std::string& language : stemmed_languages()) add_stems(words, all, language, stems);
  std::sort(stems.begin(), stems.end());
  std::sort(tails.begin(), tails.end());
  std::sort(sounds.begin(), sounds.end());
  file.add(Section::WordLetters, letters);
  file.add(Section::WordStarts, starts);
  file.add(Section::WordShared, shared);
  file.add(Section::Stems, stems);
  file.add(Section::Tails, tails);
  file.add(Section::Sounds, sounds);
}

core::Result<Lexicon> Lexicon::read(const FileReader& file) {
  Lexicon lexicon;
  KIOSK_CHECK(file.get(Section::WordLetters, lexicon.letters_));
  KIOSK_CHECK(file.get(Section::WordStarts, lexicon.starts_));
  KIOSK_CHECK(file.get(Section::WordShared, lexicon.shared_));
  KIOSK_CHECK(file.get(Section::Stems, lexicon.stems_));
  KIOSK_CHECK(file.get(Section::Tails, lexicon.tails_));
  KIOSK_CHECK(file.get(Section::Sounds, lexicon.sounds_));
  const std::size_t n = lexicon.size();
  const auto& starts = lexicon.starts_;
  bool sound =
      !starts.empty() && starts.front() == 0 && starts.back() == lexicon.letters_.size() && lexicon.shared_.size() == n;
  for (WordId id = 0; sound && id < n; ++id) {
    // Each end within the letters, before a word is looked at: a later start that goes back would be seen too late.
    sound = starts[id] < starts[id + 1] && starts[id + 1] <= lexicon.letters_.size() &&
            lexicon.shared_[id] <= starts[id + 1] - starts[id] &&
            (id == 0 ? lexicon.shared_[id] == 0 : lexicon.word(id - 1) < lexicon.word(id));
  }
  for (const auto hashed : {lexicon.stems_, lexicon.tails_, lexicon.sounds_}) {
    sound = sound && std::all_of(hashed.begin(), hashed.end(), [&](const HashedWord& each) { return each.word < n; });
  }
  if (!sound) return FileReader::damaged("words stand out of order");
  lexicon.find_pairs();
  return lexicon;
}

void Lexicon::find_pairs() {
  pairs_.assign(kLetters * kLetters, {0, 0});
  for (WordId id = 0; id < size(); ++id) {
    const std::string_view held = word(id);
    if (held.size() < 2 || !is_plain(held[0]) || !is_plain(held[1])) continue;
    auto& [first, last] = pairs_[pair_of(held[0], held[1])];
    if (first == last) first = id;
    last = id + 1;
  }
}

WordId Lexicon::lower_bound(std::string_view wanted) const {
  WordId low = 0;
  WordId high = static_cast<WordId>(size());
  while (low < high) {
    const WordId middle = low + (high - low) / 2;
    if (word(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

WordId Lexicon::find(std::string_view wanted) const {
  const WordId id = lower_bound(wanted);
  return id < size() && word(id) == wanted ? id : static_cast<WordId>(size());
}

std::pair<WordId, WordId> Lexicon::with_prefix(std::string_view prefix) const {
  const WordId first = lower_bound(prefix);
  // 0xff is in no UTF-8 text, so it comes after every continuation.
  return {first, lower_bound(std::string(prefix) + '\xff')};
}

std::vector<WordId> Lexicon::sounding_like(std::string_view wanted) const {
  std::vector<WordId> words;
  const std::string sound = sound_of(wanted);
  if (sound.empty()) return words;
  for_hash(sounds_, short_hash("", sound), [&](WordId id) {
    const bool other = word(id) != wanted && sound_of(word(id)) == sound;
    if (other && edits_between(wanted, word(id), kMostEditsOfSound) <= kMostEditsOfSound) words.push_back(id);
  });
  return words;
}

// A first letter left out, put before, replaced or swapped with the second: looked up by what is left of the word.
void Lexicon::add_near_first_letter(std::string_view wanted, std::size_t first, std::vector<NearWord>& found) const {
  const std::string_view rest = wanted.substr(first);
  const std::string_view head = wanted.substr(0, first);
  const auto add = [&](WordId id) {
    if (id < size() && !word(id).starts_with(head)) found.push_back({id, 1});
  };
  const auto add_with_tail = [&](std::string_view tail) {
    for_hash(tails_, short_hash("", tail), [&](WordId id) {
      const std::string_view held = word(id);
      if (held.substr(first_letter_bytes(held)) == tail) add(id);
    });
  };
  if (rest.empty()) return;
  add_with_tail(wanted);
  add_with_tail(rest);
  add(find(rest));
  const std::size_t second = first_letter_bytes(rest);
  std::string swapped(rest.substr(0, second));
  swapped.append(head).append(rest.substr(second));
  add(find(swapped));
}

// Walks words in order and keeps the rows of the letters that a word shares with the one before, so that most words
// cost a row or two; whole families whose beginning is too far off are passed over. `slipped`: letters of the words
// that are known to be slips, one edit in all.
void Lexicon::add_near(std::pair<WordId, WordId> range, std::size_t slipped, int limit, EditRows& rows,
                       std::vector<NearWord>& found) const {
  std::size_t kept = 0;  // bytes of the word before whose rows still stand
  for (WordId id = range.first; id < range.second; ++id) {
    const bool first = id == range.first;
    const std::size_t shared = std::max<std::size_t>(shared_[id], slipped) - slipped;
    kept = first ? 0 : std::min(kept, shared);
    if (!first && kept >= rows.hopeless_from()) continue;
    const int edits = rows.compare(word(id).substr(slipped), kept) + (slipped > 0);
    kept = rows.read_bytes();
    if (edits <= limit + (slipped > 0) && edits > 0) found.push_back({id, edits});
  }
}

// A slip in the first letter and another one after the second: what is left is one edit away. Only for a to z:
// elsewhere there are too many letters to try.
void Lexicon::add_near_beginnings(std::string_view wanted, std::vector<NearWord>& found) const {
  if (wanted.size() < kShortestSlippedTwice || !std::all_of(wanted.begin(), wanted.end(), is_plain)) return;
  EditRows whole(wanted, 1), rest(wanted.substr(1), 1), later(wanted.substr(2), 1);
  if (!whole.usable()) return;
  for (char first = 'a'; first <= 'z'; ++first) {
    if (first == wanted[0]) continue;
    add_near(pairs_[pair_of(first, wanted[1])], 1, 1, rest, found);   // replaced
    add_near(pairs_[pair_of(first, wanted[0])], 1, 1, whole, found);  // left out
  }
  if (wanted[0] != wanted[1]) add_near(pairs_[pair_of(wanted[1], wanted[0])], 2, 1, later, found);  // swapped
  EditRows without(wanted.substr(1), 1);
  std::vector<NearWord> one_too_many;
  add_near(pairs_[pair_of(wanted[1], wanted[2])], 0, 1, without, one_too_many);
  for (const NearWord& each : one_too_many) found.push_back({each.word, each.edits + 1});
}

std::vector<NearWord> Lexicon::near(std::string_view wanted, int edits_allowed) const {
  std::vector<NearWord> found;
  EditRows rows(wanted, edits_allowed);
  if (!rows.usable()) return found;
  add_near(with_prefix(wanted.substr(0, rows.first_letter_bytes())), 0, edits_allowed, rows, found);
  if (edits_allowed > 1) add_near_beginnings(wanted, found);
  add_near_first_letter(wanted, rows.first_letter_bytes(), found);
  std::sort(found.begin(), found.end(), [](const NearWord& a, const NearWord& b) {
    return std::pair(a.word, a.edits) < std::pair(b.word, b.edits);
  });
  found.erase(
      std::unique(found.begin(), found.end(), [](const NearWord& a, const NearWord& b) { return a.word == b.word; }),
      found.end());
  return found;
}

std::vector<WordId> Lexicon::going_on_near(std::string_view begun) const {
  std::vector<WordId> found;
  EditRows rows(begun, 1);
  if (!rows.usable()) return found;
  const auto [first_word, last] = with_prefix(begun.substr(0, rows.first_letter_bytes()));
  const auto exact = with_prefix(begun);
  std::size_t kept = 0;
  bool first = true;
  for (WordId id = first_word; id < last; ++id, first = false) {
    if (id == exact.first && exact.first < exact.second) {  // these are no slips
      id = exact.second - 1;
      kept = 0;
      continue;
    }
    kept = first ? 0 : std::min<std::size_t>(kept, shared_[id]);
    if (!first && kept >= rows.hopeless_from()) continue;
    static_cast<void>(rows.compare(word(id), kept));
    kept = rows.read_bytes();
    if (rows.least_of_beginnings() <= 1) found.push_back(id);
  }
  return found;
}

int edits_between(std::string_view a, std::string_view b, int limit) {
  EditRows rows(a, limit);
  return rows.usable() ? rows.compare(b, 0) : limit + 1;
}

}  // namespace kiosk::search
