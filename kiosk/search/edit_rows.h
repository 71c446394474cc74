// The rows of the edit distance between one wanted word and many, letter by letter, reusable over a shared beginning.
// Distance: optimal string alignment (insert, delete, replace, swap of neighbours). Private to search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kiosk::search {

class EditRows {
 public:
  EditRows(std::string_view wanted, int limit);

  // False for words that are too long to be worth it.
  bool usable() const { return usable_; }
  // Edits to `candidate`, or limit + 1. Its first `kept` bytes are those of the candidate before.
  int compare(std::string_view candidate, std::size_t kept);
  // Bytes of the last candidate whose rows stand.
  std::size_t read_bytes() const { return ends_.empty() ? 0 : ends_.back(); }
  // The fewest edits between the wanted word and any beginning of the last candidate, as far as it was read.
  int least_of_beginnings() const;
  // Every word that shares this many bytes with the last candidate is beyond the limit.
  std::size_t hopeless_from() const { return hopeless_; }
  std::size_t first_letter_bytes() const { return first_letter_bytes_; }

 private:
  int add_row(char32_t letter);  // the least distance in it

  std::vector<char32_t> wanted_, letters_;
  std::vector<std::size_t> ends_;   // where each letter of the candidate ends, in bytes
  std::vector<std::uint8_t> rows_;  // letters_.size() + 1 rows of wanted_.size() + 1
  int limit_;
  bool usable_;
  std::size_t hopeless_ = SIZE_MAX;
  std::size_t first_letter_bytes_ = 0;
};

}  // namespace kiosk::search
