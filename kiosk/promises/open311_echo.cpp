#include "kiosk/promises/open311_echo.h"

#include <algorithm>
#include <string_view>

#include "kiosk/core/strings.h"

namespace kiosk::promises::open311 {
namespace {

using core::SecretText;

constexpr std::string_view kHidden = "\u2026";
constexpr std::size_t kShortest = 3;      // bytes of a field that are worth hiding
constexpr std::size_t kShortestName = 2;  // of a word of a name, which is hidden as a word alone
constexpr std::size_t kShortestCut = 8;   // of a field's beginning at the end of a text

enum class As { Anything, Word };

// Letters beyond ASCII are of several bytes, each of which counts.
bool is_in_word(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || static_cast<unsigned char>(c) >= 0x80;
}

bool is_word(std::string_view text, std::size_t at, std::size_t size) {
  const bool begins = at == 0 || !is_in_word(text[at - 1]);
  const bool ends = at + size == text.size() || !is_in_word(text[at + size]);
  return begins && ends;
}

void hide(std::string& text, std::string_view echo, As as) {
  for (std::size_t at = text.find(echo); at != std::string::npos; at = text.find(echo, at)) {
    const bool hidden = as == As::Anything || is_word(text, at, echo.size());
    if (hidden) text.replace(at, echo.size(), kHidden);
    at += hidden ? kHidden.size() : 1;  // beyond it: what was typed may be the very sign
  }
}

// Texts are cut at a length of ours, and so may be the echo that stands at the end of one.
void hide_cut(std::string& text, std::string_view echo) {
  for (std::size_t size = std::min(text.size(), echo.size()); size >= kShortestCut; size--) {
    if (!text.ends_with(echo.substr(0, size))) continue;
    text.replace(text.size() - size, size, kHidden);
    return;
  }
}

void hide_field(std::string& text, const SecretText& typed) {
  const std::string_view echo = core::trim(typed.reveal());
  if (echo.size() < kShortest) return;
  hide(text, echo, As::Anything);
  hide_cut(text, echo);
}

void hide_words(std::string& text, std::string_view name) {
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(" \t\n"), name.size());
    if (end >= kShortestName) hide(text, name.substr(0, end), As::Word);
    name.remove_prefix(std::min(end + 1, name.size()));
  }
}

}  // namespace

void hide_echo(std::string& text, const ReportContent& content, const std::vector<ReportQuestion>& questions) {
  for (const SecretText* typed :
       {&content.description, &content.place.words, &content.email, &content.telephone, &content.name}) {
    hide_field(text, *typed);
  }
  for (const ReportContent::Reply& reply : content.replies) {
    const bool chosen = std::any_of(questions.begin(), questions.end(), [&](const ReportQuestion& question) {
      return question.code == reply.code && !question.choices.empty();
    });
    if (chosen) continue;
    for (const SecretText& value : reply.values) hide_field(text, value);
  }
  hide_words(text, content.name.reveal());
}

}  // namespace kiosk::promises::open311
