#include "kiosk/directory/html_text.h"

#include <libxml/HTMLparser.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "kiosk/core/owned.h"
#include "kiosk/core/strings.h"

namespace kiosk::directory {

namespace {

using core::to_lower_ascii;

// libxml2's work on one end tag grows with the depth; real descriptions stay below 40.
constexpr std::size_t kMaxDepth = 400;
constexpr std::string_view kBullet = "•";

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_block(std::string_view name) {
  static constexpr std::array<std::string_view, 37> kBlocks = {
      "address", "article", "aside", "blockquote", "body",     "br",         "caption", "center", "dd",   "details",
      "dir",     "div",     "dl",    "dt",         "fieldset", "figcaption", "figure",  "footer", "form", "h1",
      "h2",      "h3",      "h4",    "h5",         "h6",       "header",     "hr",      "li",     "main", "menu",
      "nav",     "ol",      "p",     "pre",        "section",  "tr",         "ul"};
  return is_one_of(name, kBlocks);
}

bool is_dropped(std::string_view name) {
  static constexpr std::array<std::string_view, 18> kDropped = {
      "script",   "style", "head", "title", "iframe", "object", "embed",  "applet",   "noscript",
      "template", "svg",   "math", "video", "audio",  "canvas", "select", "textarea", "map"};
  return is_one_of(name, kDropped);
}

// Collects the text while libxml2 reports elements and characters.
class TextBuilder {
 public:
  explicit TextBuilder(bool keep_lines) : keep_lines_(keep_lines) {}

  // False where the document nests too deep to go on.
  bool open(std::string_view name) {
    if (++depth_ > kMaxDepth) return false;
    if (dropped_depth_ == 0 && is_dropped(name)) dropped_depth_ = depth_;
    if (dropped_depth_ != 0) return true;
    if (is_block(name)) end_line();
    if (name == "ol" || name == "ul") lists_.push_back(name == "ol" ? 0 : -1);
    if (name == "li") begin_item();
    return true;
  }

  void close(std::string_view name) {
    if (depth_ == dropped_depth_) dropped_depth_ = 0;
    if (depth_ > 0) --depth_;
    if (dropped_depth_ != 0) return;
    if (is_block(name)) end_line();
    if (name == "li") mark_.clear();
    if (name == "td" || name == "th") add(" ");
    if ((name == "ol" || name == "ul") && !lists_.empty()) lists_.pop_back();
  }

  void add(std::string_view text) {
    if (dropped_depth_ != 0 || full()) return;
    for (const char c : text) {
      if (c == '\n' && keep_lines_) {
        end_line();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        space_ = true;
      } else {
        if (space_ && !line_.empty()) line_.push_back(' ');
        space_ = false;
        line_.push_back(c);
      }
    }
  }

  bool full() const { return text_.size() + line_.size() >= kMaxTextBytes; }

  std::string take() {
    end_line();
    return std::move(text_);
  }

 private:
  void begin_item() {
    if (lists_.empty() || lists_.back() < 0) {
      mark_ = "• ";
    } else {
      mark_ = std::to_string(++lists_.back()) + ". ";
    }
  }

  // Characters that part words or lines but are longer than a byte are treated here, once a line.
  void end_line() {
    space_ = false;
    const std::string line = clean_text(line_);
    line_.clear();
    for (const std::string& part : core::split(line, '\n')) {
      if (!text_.empty()) text_.push_back('\n');
      if (part.compare(0, kBullet.size(), kBullet) != 0) text_ += mark_;
      mark_.clear();
      text_ += part;
    }
  }

  bool keep_lines_;
  bool space_ = false;
  std::size_t depth_ = 0, dropped_depth_ = 0;
  std::vector<int> lists_;  // -1: bullets; otherwise the last number
  std::string mark_, line_, text_;
};

struct Reading {
  TextBuilder builder;
  htmlParserCtxtPtr parser = nullptr;
};

std::string_view as_view(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

void on_start(void* data, const xmlChar* name, const xmlChar**) {
  auto* reading = static_cast<Reading*>(data);
  if (!reading->builder.open(as_view(name)) || reading->builder.full()) xmlStopParser(reading->parser);
}

void on_end(void* data, const xmlChar* name) { static_cast<Reading*>(data)->builder.close(as_view(name)); }

void on_text(void* data, const xmlChar* text, int length) {
  static_cast<Reading*>(data)->builder.add({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}

void release_parser(htmlParserCtxtPtr parser) { htmlFreeParserCtxt(parser); }

bool is_document_end(std::string_view tag) {
  return core::equals_ignoring_case(tag.substr(0, 6), "</html") ||
         core::equals_ignoring_case(tag.substr(0, 6), "</body");
}

// Pasted pages end more than once, and the parser stops at the first end of the document.
std::string without_document_ends(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t tag = std::min(html.find("</", at), html.size());
    out.append(html.substr(at, tag - at));
    at = tag;
    if (at == html.size()) break;
    if (is_document_end(html.substr(at))) {
      at = std::min(html.find('>', at), html.size() - 1) + 1;
    } else {
      out.append("</");
      at += 2;
    }
  }
  return out;
}

// Reads by callbacks, so that no tree of hostile shape is ever built.
std::string parse(std::string_view html, bool keep_lines) {
  static const bool initialised = (xmlInitParser(), true);
  static_cast<void>(initialised);
  htmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  Reading reading{TextBuilder(keep_lines)};
  core::Owned<htmlParserCtxt, release_parser> parser(
      htmlCreatePushParserCtxt(&handler, &reading, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
  if (!parser) return {};
  reading.parser = parser.get();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                       HTML_PARSE_IGNORE_ENC);
  // Inside a body: the parser takes a stray end tag at the beginning of a fragment for the end of the document.
  constexpr std::string_view kBefore = "<html><body><div>";
  htmlParseChunk(parser.get(), kBefore.data(), static_cast<int>(kBefore.size()), 0);
  htmlParseChunk(parser.get(), html.data(), static_cast<int>(html.size()), 0);
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  return reading.builder.take();
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool has_tag(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (at + 1 >= text.size()) return false;
    const char next = text[at + 1];
    if (is_ascii_letter(next) || next == '/' || next == '!') return true;
  }
  return false;
}

std::string escape_less_than(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

enum class Treatment { Keep, Drop, Space, NewLine, Bullet };

Treatment treatment_of(std::uint32_t c) {
  if (c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85) return Treatment::NewLine;
  if (c < 0x20) return c == '\t' || c == '\r' ? Treatment::Space : Treatment::Drop;
  if (c >= 0x7f && c < 0xa0) return Treatment::Drop;
  if (c == 0x20 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000)
    return Treatment::Space;
  if (c == 0xad || c == 0x200b || c == 0xfeff || c == 0x2060 || (c >= 0x2061 && c <= 0x2064)) return Treatment::Drop;
  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f)) return Treatment::Drop;
  if (c == 0xf0b7 || c == 0xf0a7 || c == 0xf076 || c == 0xf0d8) return Treatment::Bullet;
  if ((c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000 || (c >= 0xfff9 && c <= 0xfffc)) return Treatment::Drop;
  if ((c >= 0xe0000 && c <= 0xe007f) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)) return Treatment::Drop;
  return Treatment::Keep;
}

// Length of the sequence that begins with `lead`, in text that is known to be valid.
std::size_t sequence_length(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

std::uint32_t decode(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) return lead;
  std::uint32_t c = lead & (0xffu >> (sequence.size() + 1));
  for (std::size_t i = 1; i < sequence.size(); ++i) c = (c << 6) | (static_cast<unsigned char>(sequence[i]) & 0x3fu);
  return c;
}

// How many combining marks stand in a row.
class MarkCounter {
 public:
  // True where `c` is one more than there may be.
  bool too_many_with(std::uint32_t c) {
    const std::uint32_t type = c < 0x80 ? 0 : U_MASK(u_charType(static_cast<UChar32>(c)));
    const bool mark = (type & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
    if (mark) ++row_;
    if (!mark && (type & U_GC_CF_MASK) == 0) row_ = 0;  // a joiner between two marks parts them not
    return mark && row_ > kMaxMarks;
  }

 private:
  int row_ = 0;
};

}  // namespace

bool has_mark_pile(std::string_view text) {
  if (!core::is_valid_utf8(text)) return false;
  MarkCounter marks;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(static_cast<unsigned char>(text[i]));
    if (marks.too_many_with(decode(text.substr(i, length)))) return true;
    i += length;
  }
  return false;
}

std::string clean_text(std::string_view text) {
  std::string repaired;
  if (!core::is_valid_utf8(text)) {
    repaired = core::sanitise_utf8(text);
    text = repaired;
  }
  std::string out;
  out.reserve(text.size());
  MarkCounter marks;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = std::min(sequence_length(static_cast<unsigned char>(text[i])), text.size() - i);
    const std::string_view sequence = text.substr(i, length);
    i += length;
    const std::uint32_t c = decode(sequence);
    if (marks.too_many_with(c)) continue;
    switch (treatment_of(c)) {
      case Treatment::Keep:
        out.append(sequence);
        break;
      case Treatment::Drop:
        break;
      case Treatment::Space:
        if (!out.empty() && out.back() != ' ') out.push_back(' ');
        break;
      case Treatment::NewLine:
        out.push_back('\n');
        break;
      case Treatment::Bullet:
        out += "•";
        break;
    }
  }
  return out;
}

std::string html_to_text(std::string_view html) {
  html = core::truncate_utf8(html, kMaxHtmlBytes);
  std::string repaired;
  if (!core::is_valid_utf8(html) || html.find('\0') != std::string_view::npos) {
    repaired = core::sanitise_utf8(html);
    html = repaired;
  }
  std::string text;
  if (has_tag(html)) {
    text = parse(without_document_ends(html), false);
  } else if (html.find('&') != std::string_view::npos) {
    text = parse(escape_less_than(html), true);
  } else {
    TextBuilder plain(true);
    plain.add(html);
    text = plain.take();
  }
  return std::string(core::truncate_utf8(text, kMaxTextBytes));
}

std::string html_to_line(std::string_view html) {
  std::string text = html_to_text(html);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace kiosk::directory
