#include "kiosk/promises/plain_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/core/strings.h"

namespace kiosk::promises {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The length of the direction control that `text` begins with; 0 where it begins with none.
std::size_t direction_control(std::string_view text) {
  constexpr std::size_t kLength = 3;
  if (text.size() < kLength || text[0] != '\xE2') return 0;
  const auto second = static_cast<unsigned char>(text[1]), third = static_cast<unsigned char>(text[2]);
  const bool embeds = second == 0x80 && third >= 0xAA && third <= 0xAE;
  const bool isolates = second == 0x81 && third >= 0xA6 && third <= 0xA9;
  return embeds || isolates ? kLength : 0;
}

// The length of the tag that `text` begins with; 0 where it begins with none.
std::size_t tag_length(std::string_view text) {
  constexpr std::size_t kLongestTag = 2'000;
  if (text.size() < 3 || text[0] != '<') return 0;
  if (!is_letter(text[1]) && text[1] != '/' && text[1] != '!') return 0;
  const std::size_t end = text.substr(0, kLongestTag).find('>');
  return end == std::string_view::npos ? 0 : end + 1;
}

// Whether a tag, with its brackets, begins or ends a line of its own.
bool parts_lines(std::string_view tag) {
  constexpr std::string_view kBlocks[] = {"br", "p",  "div", "li", "ul", "ol", "tr", "table",
                                          "h1", "h2", "h3",  "h4", "h5", "h6", "hr"};
  tag.remove_prefix(tag[1] == '/' ? 2 : 1);
  const std::string name = core::to_lower_ascii(tag.substr(0, tag.find_first_of(" \t\n/>")));
  return std::find(std::begin(kBlocks), std::end(kBlocks), name) != std::end(kBlocks);
}

std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = tag_length(text);
    if (length == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (parts_lines(text.substr(0, length)) && !out.empty() && out.back() != '\n') out += '\n';
    text.remove_prefix(length);
  }
  return out;
}

void decode_entities(std::string& text) {
  constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : kEntities) {
    for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + character.size())) {
      text.replace(at, entity.size(), character);
    }
  }
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t most_bytes) {
  const std::string valid = core::sanitise_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::string_view rest = valid; !rest.empty();) {
    const std::size_t control = direction_control(rest);
    if (control == 0) out += rest.front();
    rest.remove_prefix(control == 0 ? 1 : control);
  }
  return std::string(core::truncate_utf8(core::trim(out), most_bytes));
}

std::string plain_text_of_html(std::string_view text, std::size_t most_bytes) {
  std::string out = without_tags(text);
  decode_entities(out);
  return plain_text(out, most_bytes);
}

}  // namespace kiosk::promises
