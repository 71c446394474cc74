#include "kiosk/search/prefix_lists.h"

#include <algorithm>
#include <iterator>

namespace kiosk::search {
namespace {

constexpr std::size_t kHeavy = 8192;     // postings: fewer are gathered in no time
constexpr std::size_t kMostLetters = 7;  // longer beginnings are hardly ever
constexpr double kWorthwhile = 1.5;  // postings for each of the union's: a beginning ruled by one word gains nothing
constexpr std::size_t kDense = 8;    // of so many documents one: going through all is quicker than sorting

std::size_t bytes_of_letters(std::string_view word, std::size_t letters) {
  std::size_t n = 0;
  while (n < word.size()) {
    if ((static_cast<unsigned char>(word[n]) & 0xC0) != 0x80 && letters-- == 0) return n;
    ++n;
  }
  return letters == 0 ? n : 0;  // shorter than that: 0
}

// Gathers one union after another; each record with its best word.
class Union {
 public:
  explicit Union(std::size_t documents) : best_(documents) {}

  void add(const Posting& posting) {
    Posting& best = best_[posting.document];
    if (best.weight == 0) {
      touched_.push_back(posting.document);
      best = posting;
      return;
    }
    best.weight = std::max(best.weight, posting.weight);
    best.fields = static_cast<std::uint8_t>(best.fields | posting.fields);
  }

  std::size_t size() const { return touched_.size(); }

  void clear() {
    for (const DocumentId document : touched_) best_[document] = {};
    touched_.clear();
  }

  // In the order of documents.
  Range take(std::vector<Posting>& out) {
    const Range range{static_cast<std::uint32_t>(out.size()), static_cast<std::uint32_t>(touched_.size())};
    if (touched_.size() * kDense > best_.size()) {
      std::copy_if(best_.begin(), best_.end(), std::back_inserter(out), [](const Posting& p) { return p.weight > 0; });
    } else {
      std::sort(touched_.begin(), touched_.end());
      for (const DocumentId document : touched_) out.push_back(best_[document]);
    }
    clear();
    return range;
  }

 private:
  std::vector<Posting> best_;
  std::vector<DocumentId> touched_;
};

struct Unions {
  std::vector<PrefixList> prefixes;
  std::vector<Posting> postings;
};

// Adds the union of the words [first, last) where it saves enough.
void add_union(const SortedWords& sorted, std::size_t first, std::size_t last, std::size_t total, std::uint8_t fields,
               Union& gathered, Unions& out) {
  for (std::size_t id = first; id < last; ++id) {
    for (const Posting& posting : sorted.postings[id]) {
      if (posting.fields & fields) gathered.add(posting);
    }
  }
  const bool worthwhile = static_cast<double>(total) > kWorthwhile * static_cast<double>(gathered.size());
  if (!worthwhile || gathered.size() == 0) return gathered.clear();
  out.prefixes.push_back({static_cast<WordId>(first), static_cast<WordId>(last), gathered.take(out.postings)});
}

void gather(const SortedWords& sorted, std::size_t letters, std::uint8_t fields, Union& gathered, Unions& out) {
  const std::size_t n = sorted.words.size();
  for (std::size_t first = 0; first < n;) {
    const std::string_view word = sorted.words[first];
    const std::size_t bytes = bytes_of_letters(word, letters);
    std::size_t last = first + 1;
    std::size_t total = sorted.postings[first].size();
    for (; bytes > 0 && last < n && sorted.words[last].compare(0, bytes, word, 0, bytes) == 0; ++last)
      total += sorted.postings[last].size();
    if (total > kHeavy && last > first + 1) add_union(sorted, first, last, total, fields, gathered, out);
    first = last;
  }
}

void write(Unions lists, Section prefixes, Section postings, FileWriter& file) {
  const auto before = [](const PrefixList& a, const PrefixList& b) {
    return std::pair(a.first, a.last) < std::pair(b.first, b.last);
  };
  std::sort(lists.prefixes.begin(), lists.prefixes.end(), before);
  // A longer beginning of the very same words needs no list of its own.
  const auto same = [](const PrefixList& a, const PrefixList& b) { return a.first == b.first && a.last == b.last; };
  lists.prefixes.erase(std::unique(lists.prefixes.begin(), lists.prefixes.end(), same), lists.prefixes.end());
  file.add(prefixes, lists.prefixes);
  file.add(postings, lists.postings);
}

}  // namespace

void write_prefix_lists(const SortedWords& sorted, std::size_t documents, FileWriter& file) {
  Union gathered(documents);
  Unions brief, longer;
  for (std::size_t letters = 1; letters <= kShortPrefixLetters; ++letters)
    gather(sorted, letters, kHeadFields, gathered, brief);
  for (std::size_t letters = kShortPrefixLetters + 1; letters <= kMostLetters; ++letters)
    gather(sorted, letters, 0xff, gathered, longer);
  write(std::move(brief), Section::ShortPrefixes, Section::ShortPostings, file);
  write(std::move(longer), Section::HeavyPrefixes, Section::HeavyPostings, file);
}

}  // namespace kiosk::search
