// Strings, each kept once, one after another: the words of an index while it is built, and the texts that it holds.
// Private to search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/search/contents.h"

namespace kiosk::search {

// Open addressing, so that a word costs one look into memory: a map of nodes takes most of an index's building.
class StringTable {
 public:
  StringTable();

  // The number of a string, from 0 in the order of first sight.
  std::uint32_t number_of(std::string_view text);
  // Where it stands among the letters.
  Text add(std::string_view text) { return texts_[number_of(text)]; }
  // The same for one that is known to come only once: it is neither looked for nor found later.
  Text add_new(std::string_view text);

  std::size_t size() const { return texts_.size(); }
  // Valid until the next string is added.
  std::string_view text(std::uint32_t number) const {
    return std::string_view(letters_).substr(texts_[number].begin, texts_[number].size);
  }
  std::string_view letters(Text text) const { return std::string_view(letters_).substr(text.begin, text.size); }
  // All letters; the table is empty then.
  std::string take();

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kFree;
  };
  static constexpr std::uint32_t kFree = UINT32_MAX;

  void grow();

  std::string letters_;
  std::vector<Text> texts_;  // by number
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
};

}  // namespace kiosk::search
