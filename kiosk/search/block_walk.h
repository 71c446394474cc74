// The posting lists of one reading, cut into blocks of records. Private to search.
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

// A list in the order of documents, walked block by block.
template <class Item>
class BlockCursor {
 public:
  explicit BlockCursor(std::span<const Item> list) : list_(list) {}

  std::span<const Item> all() const { return list_; }
  // The items of a block; of blocks that follow each other, quickest.
  std::span<const Item> in(std::size_t block) {
    const auto first = static_cast<DocumentId>(block * kBlockRecords);
    if (at_ > 0 && list_[at_ - 1].document >= first) at_ = 0;
    const std::size_t begin = place_of(list_, at_, first);
    at_ = place_of(list_, begin, static_cast<DocumentId>(first + kBlockRecords));
    return list_.subspan(begin, at_ - begin);
  }

 private:
  std::span<const Item> list_;
  std::size_t at_ = 0;  // behind the last block that was asked for
};

// A posting of one of many short lists, with the weight of its word.
struct WeighedPosting {
  Posting posting;
  float weight = 1;
};

// A reading's postings in the order of its words. Long lists are walked where they lie. Many short ones in a row are
// brought together by block first, so that a reading of a thousand words does not look at all of them in every block.
// The reading must outlive it.
class BlockWalk {
 public:
  BlockWalk(const Contents& contents, const Reading& reading);

  std::size_t size() const;  // postings, those of records that it matches twice included

  // Calls `visit(posting)` for every one, in no order.
  template <class Visit>
  void for_all(Visit visit) const {
    for (const Source& source : sources_) {
      for (const Posting& posting : source.list.all()) visit(posting);
    }
    for (const WeighedPosting& each : together_) visit(each.posting);
  }

  // Calls `visit(posting, weight)` for those of a block, in order.
  template <class Visit>
  void for_block(std::size_t block, Visit visit) {
    for (Source& source : sources_) {
      const float weight = source.weight;
      for (const Posting& posting : source.list.in(block)) visit(posting, weight);
      if (source.starts == kNone) continue;
      const auto* const starts = &starts_[source.starts + block];
      for (std::uint32_t i = starts[0]; i < starts[1]; ++i) visit(together_[i].posting, together_[i].weight);
    }
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  struct Source {
    BlockCursor<Posting> list;
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
