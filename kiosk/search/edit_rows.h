// The edit distance between one wanted word and many, letter by letter, reusable over a shared beginning. Distance:
// optimal string alignment (insert, delete, replace, swap of neighbours). Private to search.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::search {

// A row for each letter of the candidate says which beginnings of the wanted word are within so many edits of what was
// read, a bit each (after Wu and Manber, "Fast text searching allowing errors", 1992; with swaps).
class EditRows {
 public:
  static constexpr int kMostEdits = 4;

  // `limit` is 0..kMostEdits.
  EditRows(std::string_view wanted, int limit);

  // False for words that are too long to be worth it.
  bool usable() const { return usable_; }
  // Edits to `candidate`, or limit + 1. Its first `kept` bytes are those of the candidate before.
  int compare(std::string_view candidate, std::size_t kept);
  // Bytes of the last candidate whose rows stand.
  std::size_t read_bytes() const { return rows_.back().end; }
  // The fewest edits between the wanted word and any beginning of the last candidate, as far as it was read.
  int least_of_beginnings() const;
  // Every word that shares this many bytes with the last candidate is beyond the limit.
  std::size_t hopeless_from() const { return hopeless_; }
  std::size_t first_letter_bytes() const { return first_letter_bytes_; }

 private:
  using Bits = std::uint64_t;  // bit i: of the first i letters of the wanted word

  struct Row {
    std::array<Bits, kMostEdits + 1> within{};  // by the number of edits
    Bits same = 0;                              // bit i: the letter that was read is the i-th
    std::size_t end = 0;                        // of that letter, in bytes
  };

  Bits places_of(char32_t letter) const;
  void add_row(char32_t letter, std::size_t end);
  int edits_of(const Row& row) const;  // to the whole wanted word

  std::array<Bits, 128> places_{};                // of each letter of ASCII in the wanted word
  std::vector<std::pair<char32_t, Bits>> other_;  // of any other
  std::vector<Row> rows_;                         // the first: before any letter
  Bits whole_ = 0;
  int limit_;
  bool usable_ = false;
  std::size_t hopeless_ = SIZE_MAX;
  std::size_t first_letter_bytes_ = 0;
};

}  // namespace kiosk::search
