#include "kiosk/search/block_lists.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kShort = 4;      // postings in a block, at most: the walk from list to list costs more than they
constexpr std::size_t kManyLists = 8;  // fewer are quicker where they lie

}  // namespace

BlockLists::BlockLists(const Contents& contents, const Reading& reading)
    : blocks_(blocks_of(contents.documents.size())) {
  const std::span<const WeighedWord> words = reading.words;
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first;
    while (last < words.size() && contents.postings.of(words[last].word).size() < kShort * blocks_) ++last;
    if (last - first > kManyLists) {
      add_together(contents, words.subspan(first, last - first));
      first = last;
      continue;
    }
    for (last = std::max(last, first + 1); first < last; ++first)
      sources_.push_back({contents.postings.of(words[first].word), words[first].weight});
  }
  if (!reading.gathered.empty()) sources_.push_back({std::span<const Posting>(reading.gathered), reading.weight});
  if (!reading.ready.empty()) sources_.push_back({reading.ready, reading.weight});
}

std::size_t BlockLists::size() const {
  std::size_t size = together_.size();
  for (const Source& source : sources_) size += source.list.size();
  return size;
}

// Counts how many postings each block has, then puts each where its block's stand: the order of words remains.
void BlockLists::add_together(const Contents& contents, std::span<const WeighedWord> words) {
  const std::size_t base = starts_.size();
  const std::size_t before = together_.size();
  starts_.resize(base + blocks_ + 2, 0);
  std::uint32_t* const starts = &starts_[base];
  for (const WeighedWord& each : words) {
    for (const Posting& posting : contents.postings.of(each.word)) ++starts[block_of(posting.document) + 2];
  }
  starts[0] = starts[1] = static_cast<std::uint32_t>(before);
  for (std::size_t block = 2; block < blocks_ + 2; ++block) starts[block] += starts[block - 1];
  together_.resize(starts[blocks_ + 1]);
  for (const WeighedWord& each : words) {
    for (const Posting& posting : contents.postings.of(each.word))
      together_[starts[block_of(posting.document) + 1]++] = {posting, each.weight};
  }
  sources_.push_back({std::span<const Posting>(), 1, base});
}

}  // namespace kiosk::search
