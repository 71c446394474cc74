#include "kiosk/areas/mention.h"

#include <algorithm>
#include <vector>

#include "kiosk/core/postcode.h"
#include "kiosk/core/strings.h"

namespace kiosk::areas {
namespace {

constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostBytesOfWord = 8;

struct Word {
  std::size_t begin = 0, end = 0;
};

bool is_part(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size() && words.size() < kMostWords;) {
    std::size_t end = i;
    while (end < text.size() && is_part(text[end])) ++end;
    if (end > i) words.push_back({i, end});
    i = end + 1;
  }
  return words;
}

std::optional<Mention> known(std::string_view text, std::size_t begin, std::size_t end,
                             const std::optional<std::string>& postcode, const AreaTable& table) {
  if (!postcode) return std::nullopt;
  auto answer = table.find(*postcode);
  if (!answer.ok()) return std::nullopt;
  const std::string rest = std::string(text.substr(0, begin)) + " " + std::string(text.substr(end));
  // A space at the end says that the last word is finished.
  const bool finished = !rest.empty() && rest.back() == ' ';
  const std::string trimmed(core::trim(rest));
  return Mention{std::move(*answer), trimmed.empty() || !finished ? trimmed : trimmed + " "};
}

}  // namespace

std::optional<Mention> find_mention(std::string_view text, const AreaTable& table) {
  const std::vector<Word> words = words_of(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t last = std::min(i + 1, words.size() - 1);
    for (std::size_t end = last + 1; end-- > i;) {  // "AB1 2CD" before "AB12CD"
      const std::string_view candidate = text.substr(words[i].begin, words[end].end - words[i].begin);
      if (candidate.size() > kMostBytesOfWord + 1) continue;
      auto found = known(text, words[i].begin, words[end].end, core::normalise_full_postcode(candidate), table);
      if (found) return found;
    }
  }
  for (const Word& word : words) {
    const std::string_view candidate = text.substr(word.begin, word.end - word.begin);
    if (candidate.size() > kMostBytesOfWord) continue;
    if (auto found = known(text, word.begin, word.end, core::normalise_outcode(candidate), table)) return found;
  }
  return std::nullopt;
}

}  // namespace kiosk::areas
