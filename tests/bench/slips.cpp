#include "tests/bench/slips.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::bench {
namespace {

using std::string;
using std::string_view;

constexpr std::size_t kShortest = 5;  // letters of a word that slips
constexpr string_view kRows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
constexpr string_view kLetters = "abcdefghijklmnopqrstuvwxyz";

char neighbour(char c, Random& random) {
  for (std::size_t y = 0; y < 3; ++y) {
    const std::size_t x = kRows[y].find(c);
    if (x == string_view::npos) continue;
    string near;
    if (x > 0) near += kRows[y][x - 1];
    if (x + 1 < kRows[y].size()) near += kRows[y][x + 1];
    if (y > 0) near += kRows[y - 1][x];
    if (y < 2 && x < kRows[y + 1].size()) near += kRows[y + 1][x];
    return one_of(near, random);
  }
  return 'e';
}

char too_many(char beside, Random& random) {
  switch (random.below(3)) {
    case 0:
      return beside;
    case 1:
      return neighbour(beside, random);
    default:
      return one_of(kLetters, random);
  }
}

string slipped_word(const string& word, Random& random) {
  for (int tries = 0; tries < 20; ++tries) {
    string slipped = word;
    const std::size_t at = random.below(word.size());
    switch (random.below(4)) {
      case 0:
        slipped[at] = neighbour(slipped[at], random);
        break;
      case 1:
        slipped.erase(at, 1);
        break;
      case 2:
        slipped.insert(at, 1, too_many(slipped[at], random));
        break;
      default:
        if (at + 1 < word.size()) std::swap(slipped[at], slipped[at + 1]);
        break;
    }
    if (slipped != word) return slipped;
  }
  return word;
}

bool may_slip(const string& word) {
  return word.size() >= kShortest && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string with_slips(const std::string& text, std::size_t slips, Random& random) {
  std::vector<string> words;
  std::vector<std::size_t> long_ones;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    if (may_slip(words.back())) long_ones.push_back(words.size() - 1);
    begin = end + 1;
  }
  if (long_ones.empty()) return text;
  for (; slips > 0; --slips) {
    string& word = words[one_of(long_ones, random)];
    word = slipped_word(word, random);
  }
  string out = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) out += ' ' + words[i];
  return out;
}

}  // namespace kiosk::bench
