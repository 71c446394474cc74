#include "kiosk/search/lexicon.h"

#include <algorithm>
#include <tuple>

#include "kiosk/search/edit_rows.h"
#include "kiosk/search/hash.h"
#include "kiosk/search/stemmer.h"

namespace kiosk::search {

namespace {

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t n = 0;
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

// Stemming Latin words as Arabic, or the other way, only costs time.
bool may_be_in(std::string_view word, std::string_view language) {
  const bool latin = static_cast<unsigned char>(word.front()) < 0x80;
  return latin != (language == "ar");
}

}  // namespace

Lexicon::Lexicon(const std::vector<std::string>& words) {
  starts_.reserve(words.size() + 1);
  shared_.reserve(words.size());
  std::string_view before;
  for (const std::string& word : words) {
    starts_.push_back(static_cast<std::uint32_t>(letters_.size()));
    shared_.push_back(static_cast<std::uint8_t>(shared_prefix(before, word)));
    letters_ += word;
    before = word;
  }
  starts_.push_back(static_cast<std::uint32_t>(letters_.size()));
  letters_.shrink_to_fit();
  group_stems();
}

void Lexicon::group_stems() {
  for (const std::string& language : stemmed_languages()) {
    std::vector<Stem>& stems = stems_[language];
    for (WordId id = 0; id < size(); ++id) {
      if (may_be_in(word(id), language)) stems.push_back({hash_of(stem(word(id), language)), id});
    }
    std::sort(stems.begin(), stems.end());
    stems.shrink_to_fit();
  }
}

std::string_view Lexicon::word(WordId id) const {
  return std::string_view(letters_).substr(starts_[id], starts_[id + 1] - starts_[id]);
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

std::vector<WordId> Lexicon::with_stem_of(std::string_view wanted, std::string_view language) const {
  std::vector<WordId> words;
  const auto stems = stems_.find(language);
  if (stems == stems_.end() || wanted.empty() || !may_be_in(wanted, language)) return words;
  const std::uint64_t hash = hash_of(stem(wanted, language));
  auto at = std::lower_bound(stems->second.begin(), stems->second.end(), Stem{hash, 0});
  for (; at != stems->second.end() && at->hash == hash; ++at) words.push_back(at->word);
  return words;
}

// Walks the words in order and keeps the rows of the letters that a word shares with the one before, so that most words
// cost a row or two; whole families whose beginning is too far off are passed over.
std::vector<NearWord> Lexicon::near(std::string_view wanted, EditBudget budget) const {
  std::vector<NearWord> found;
  EditRows rows(wanted, budget.edits);
  if (!rows.usable()) return found;
  WordId id = 0;
  WordId last = static_cast<WordId>(size());
  if (budget.same_first_letter) std::tie(id, last) = with_prefix(wanted.substr(0, rows.first_letter_bytes()));
  std::size_t kept = 0;  // bytes of the word before whose rows still stand
  for (bool first = true; id < last; ++id, first = false) {
    kept = first ? 0 : std::min<std::size_t>(kept, shared_[id]);
    if (!first && kept >= rows.hopeless_from()) continue;
    const std::string_view candidate = word(id);
    const int edits = rows.compare(candidate, kept);
    kept = rows.read_bytes();
    if (edits <= budget.edits && edits > 0) found.push_back({id, edits});
  }
  return found;
}

std::size_t Lexicon::memory_bytes() const {
  std::size_t bytes = letters_.capacity() + starts_.capacity() * sizeof(std::uint32_t) + shared_.capacity();
  for (const auto& [language, stems] : stems_) bytes += stems.capacity() * sizeof(Stem);
  return bytes;
}

int edits_between(std::string_view a, std::string_view b, int limit) {
  EditRows rows(a, limit);
  return rows.usable() ? rows.compare(b, 0) : limit + 1;
}

}  // namespace kiosk::search
