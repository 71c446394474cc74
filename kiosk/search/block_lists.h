// The posting lists of one reading, read a block of records at a time. Private to search.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/search/query_plan.h"

namespace kiosk::search {

// Records of a block: the sums of so many stay in the cache that a core has for itself (0.1 MB).
constexpr std::size_t kBlockRecords = 4096;

inline std::size_t block_of(DocumentId document) { return document / kBlockRecords; }
inline std::size_t blocks_of(std::size_t documents) { return (documents + kBlockRecords - 1) / kBlockRecords; }

// The first place from `from` on where a list in the order of documents has none before `wanted`. Near ones are found
// quickest.
template <class Item>
std::size_t place_of(std::span<const Item> list, std::size_t from, DocumentId wanted) {
  std::size_t step = 1;
  while (step <= list.size() - from && list[from + step - 1].document < wanted) {
    from += step;
    step *= 2;
  }
  const auto low = list.begin() + static_cast<std::ptrdiff_t>(from);
  const auto high = low + static_cast<std::ptrdiff_t>(std::min(step - 1, list.size() - from));
  const auto found = std::lower_bound(low, high, wanted,
                                      [](const Item& item, DocumentId document) { return item.document < document; });
  return static_cast<std::size_t>(found - list.begin());
}

// Calls `visit(item)` for those of a block in a list in the order of documents. `place` is behind those of the last
// block that was asked for, at first 0: of blocks that follow each other, quickest, as their end is not looked for
// beforehand.
template <class Item, class Visit>
void visit_block(std::span<const Item> list, std::size_t block, std::size_t& place, Visit visit) {
  const auto first = static_cast<DocumentId>(block * kBlockRecords);
  if (place > 0 && list[place - 1].document >= first) place = 0;
  if (place < list.size() && list[place].document < first) place = place_of(list, place, first);
  const Item* item = list.data() + place;
  const Item* const end = list.data() + list.size();
  for (const DocumentId last = first + static_cast<DocumentId>(kBlockRecords - 1); item < end && item->document <= last;
       ++item)
    visit(*item);
  place = static_cast<std::size_t>(item - list.data());
}

// A posting of one of many short lists, with the weight of its word.
struct WeighedPosting {
  Posting posting;
  float weight = 1;
};

// A reading's postings in the order of its words. Long lists are walked where they lie. Many short ones in a row are
// brought together by block first, so that a reading of a thousand words does not look at all of them in every block.
// Immutable. The reading must outlive it.
class BlockLists {
 public:
  using Places = std::vector<std::size_t>;  // where a walk from block to block is in each list

  BlockLists(const Contents& contents, const Reading& reading);

  std::size_t size() const;  // postings, those of records that it matches twice included
  Places start() const { return Places(sources_.size(), 0); }

  // Calls `visit(posting)` for every one, in no order.
  template <class Visit>
  void for_all(Visit visit) const {
    for (const Source& source : sources_) {
      for (const Posting& posting : source.list) visit(posting);
    }
    for (const WeighedPosting& each : together_) visit(each.posting);
  }

  // Calls `visit(posting, weight)` for those of a block, in order.
  template <class Visit>
  void for_block(std::size_t block, Places& places, Visit visit) const {
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const Source& source = sources_[s];
      const float weight = source.weight;
      visit_block(source.list, block, places[s], [&](const Posting& posting) { visit(posting, weight); });
      if (source.starts == kNone) continue;
      const auto* const starts = &starts_[source.starts + block];
      for (std::uint32_t i = starts[0]; i < starts[1]; ++i) visit(together_[i].posting, together_[i].weight);
    }
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  struct Source {
    std::span<const Posting> list;
    float weight = 1;
    std::size_t starts = kNone;  // in starts_, where it is many lists together; `list` is empty then
  };

  void add_together(const Contents& contents, std::span<const WeighedWord> words);

  std::size_t blocks_;
  std::vector<Source> sources_;
  std::vector<WeighedPosting> together_;
  std::vector<std::uint32_t> starts_;  // of each block in together_, and the end of the last
};

}  // namespace kiosk::search
