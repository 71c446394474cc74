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

// The text without the bytes from `begin` to `end`.
std::string without(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string rest = std::string(text.substr(0, begin)) + " " + std::string(text.substr(end));
  // A space at the end says that the last word is finished.
  const bool finished = rest.back() == ' ';
  const std::string trimmed(core::trim(rest));
  return trimmed.empty() || !finished ? trimmed : trimmed + " ";
}

// Whether a postcode that no table knows is likely to be one: "P45 2nd copy" and "room A1 5pm" only look alike. Six
// letters never stand in the second half of one (GOV.UK bulk data transfer, appendix C).
bool is_likely(std::string_view postcode) {
  const std::string_view letters = postcode.substr(postcode.size() - 2);
  const bool ordinal = letters == "ST" || letters == "ND" || letters == "RD" || letters == "TH";
  return !ordinal && letters.find_first_of("CIKMOV") == std::string_view::npos;
}

std::optional<Mention> find_full(std::string_view text, const std::vector<Word>& words, const AreaTable& table) {
  std::optional<Mention> unknown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t last = std::min(i + 1, words.size() - 1);
    for (std::size_t end = last + 1; end-- > i;) {  // "AB1 2CD" before "AB12CD"
      const std::string_view candidate = text.substr(words[i].begin, words[end].end - words[i].begin);
      if (candidate.size() > kMostBytesOfWord + 1) continue;
      std::optional<std::string> postcode = core::normalise_full_postcode(candidate);
      if (!postcode) continue;
      if (auto answer = table.find(*postcode); answer.ok())
        return Mention{std::move(*answer), without(text, words[i].begin, words[end].end), true};
      if (unknown || !is_likely(*postcode)) continue;
      unknown = Mention{{}, without(text, words[i].begin, words[end].end), false};
      unknown->answer.postcode = std::move(*postcode);
    }
  }
  return unknown;
}

std::optional<Mention> find_outcode(std::string_view text, const std::vector<Word>& words, const AreaTable& table) {
  for (const Word& word : words) {
    const std::string_view candidate = text.substr(word.begin, word.end - word.begin);
    if (candidate.size() > kMostBytesOfWord) continue;
    const std::optional<std::string> outcode = core::normalise_outcode(candidate);
    if (!outcode) continue;
    if (auto answer = table.find(*outcode); answer.ok())
      return Mention{std::move(*answer), without(text, word.begin, word.end), true};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Mention> find_mention(std::string_view text, const AreaTable& table) {
  const std::vector<Word> words = words_of(text);
  std::optional<Mention> full = find_full(text, words, table);
  return full ? std::move(full) : find_outcode(text, words, table);
}

}  // namespace kiosk::areas
