#include "kiosk/text/paragraph_builder.h"

#include <algorithm>

#include "kiosk/core/pause.h"
#include "kiosk/text/unbreakable.h"

namespace kiosk::text {

namespace {

float pixels(int pango_units) { return static_cast<float>(pango_units) / static_cast<float>(PANGO_SCALE); }

// The least that lines keep apart where ink, not the font, sets their height.
constexpr double kInkGapOfEm = 0.06;
// Lines up to this height, of Nastaliq say, are kept at one distance.
constexpr double kMaxEvenOfEm = 2.6;

constexpr std::string_view kBullet = "\u2022 ", kRightToLeftMark = "\u200f";
// A list in a narrower column keeps its width for the words.
constexpr int kLeastWidthsOfHang = 6;

// "• ", perhaps behind the mark that says which side it stands at.
bool begins_item(std::string_view line) {
  if (line.starts_with(kRightToLeftMark)) line.remove_prefix(kRightToLeftMark.size());
  return line.starts_with(kBullet);
}

bool has_items(std::string_view text) {
  while (!begins_item(text)) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

void unite(Rect& all, const Rect& one) {
  if (one.width <= 0 || one.height <= 0) return;
  if (all.width <= 0 || all.height <= 0) {
    all = one;
    return;
  }
  const float right = std::max(all.right(), one.right());
  const float bottom = std::max(all.bottom(), one.bottom());
  all.x = std::min(all.x, one.x);
  all.y = std::min(all.y, one.y);
  all.width = right - all.x;
  all.height = bottom - all.y;
}

}  // namespace

ParagraphBuilder::ParagraphBuilder(PangoContext* context, FontTable& fonts, const std::string& families,
                                   const TextStyle& style, const std::vector<ByteRange>& marked)
    : context_(context),
      fonts_(fonts),
      families_(families),
      style_(style),
      marked_(marked),
      paragraph_(std::make_shared<Paragraph>()) {}

ParagraphBuilder::LayoutPtr ParagraphBuilder::make_layout(const std::string& text) const {
  const std::vector<ByteRange> whole = style_.max_width_px > 0 ? unbreakable(text) : std::vector<ByteRange>();
  LayoutPtr layout = make_layout(text, whole);
  if (whole.empty()) return layout;
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return width <= pango_layout_get_width(layout.get()) ? std::move(layout) : make_layout(text, {});
}

ParagraphBuilder::LayoutPtr ParagraphBuilder::make_layout(const std::string& text,
                                                          const std::vector<ByteRange>& whole) const {
  LayoutPtr layout(pango_layout_new(context_));
  core::Owned<PangoFontDescription, pango_font_description_free> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), families_.c_str());
  pango_font_description_set_weight(font.get(),
                                    style_.weight == Weight::Bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), style_.size_px * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout.get(), style_.max_width_px > 0 ? style_.max_width_px * PANGO_SCALE : -1);
  pango_layout_set_indent(layout.get(), -hang_);
  // No hyphens where a word must be broken: in a reference or a web address they would be read as part of it.
  core::Owned<PangoAttrList, pango_attr_list_unref> attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  for (const ByteRange& range : whole) {
    PangoAttribute* attribute = pango_attr_allow_breaks_new(FALSE);
    attribute->start_index = static_cast<guint>(range.begin);
    attribute->end_index = static_cast<guint>(range.end);
    pango_attr_list_insert(attributes.get(), attribute);
  }
  pango_layout_set_attributes(layout.get(), attributes.get());
  if (style_.max_lines > 0 && style_.max_width_px > 0) {
    pango_layout_set_height(layout.get(), -style_.max_lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

ParagraphBuilder::LayoutPtr ParagraphBuilder::within_max_lines(LayoutPtr layout) {
  // Pango counts lines per paragraph, so text with line feeds may still have too many.
  if (style_.max_lines <= 0 || pango_layout_get_line_count(layout.get()) <= style_.max_lines) return layout;
  const PangoLayoutLine* last = pango_layout_get_line_readonly(layout.get(), style_.max_lines - 1);
  return cut_at(static_cast<std::size_t>(last->start_index + last->length));
}

// Without the signs that would have led on: "bins,…" says no more than "bins…".
ParagraphBuilder::LayoutPtr ParagraphBuilder::cut_at(std::size_t end) {
  std::string& text = paragraph_->text_;
  text.resize(core::without_pause(std::string_view(text).substr(0, end)).size());
  paragraph_->own_bytes_ = text.size();
  text += core::kEllipsis;
  paragraph_->ellipsised_ = true;
  return make_layout(text);
}

ParagraphBuilder::LayoutPtr ParagraphBuilder::within_whole_words(LayoutPtr layout) {
  if (!pango_layout_is_ellipsized(layout.get())) return layout;
  const PangoLayoutLine* last =
      pango_layout_get_line_readonly(layout.get(), pango_layout_get_line_count(layout.get()) - 1);
  const std::string& text = paragraph_->text_;
  for (const GSList* item = last->runs; item; item = item->next) {
    const PangoItem* run = static_cast<const PangoGlyphItem*>(item->data)->item;
    if (!(run->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)) continue;
    const auto begin = static_cast<std::size_t>(last->start_index), cut = static_cast<std::size_t>(run->offset);
    paragraph_->own_bytes_ = cut;
    const std::size_t space = text.rfind(' ', cut);
    if (space == std::string::npos || space < begin + (cut - begin) / 2) return layout;
    return cut_at(space);
  }
  return layout;
}

ParagraphPtr ParagraphBuilder::build(std::string text, bool already_cut) {
  const Direction direction = style_.direction.value_or(direction_of(style_.language));
  paragraph_->rtl_ = direction == Direction::RightToLeft;
  paragraph_->text_ = std::move(text);
  paragraph_->own_bytes_ = paragraph_->text_.size();
  pango_context_set_language(context_, pango_language_from_string(style_.language.c_str()));
  pango_context_set_base_dir(context_, paragraph_->rtl_ ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  hang_ = hang_of(paragraph_->text_);
  const LayoutPtr layout = within_whole_words(within_max_lines(make_layout(paragraph_->text_)));
  paragraph_->ellipsised_ |= already_cut || pango_layout_is_ellipsized(layout.get());

  attributes_ = pango_layout_get_log_attrs_readonly(layout.get(), &attribute_count_);
  character_of_byte_.resize(paragraph_->text_.size() + 1);
  std::uint32_t character = 0;
  for (std::size_t byte = 0; byte < paragraph_->text_.size(); ++byte) {
    if (byte > 0 && (paragraph_->text_[byte] & 0xC0) != 0x80) ++character;
    character_of_byte_[byte] = character;
  }
  place_lines(layout.get());
  add_final_stops();
  return paragraph_;
}

// Pango breaks all lines but the first of each of its paragraphs so much earlier, those that are no items too; where
// they stand, start_of() says.
int ParagraphBuilder::hang_of(const std::string& text) const {
  if (style_.max_width_px <= 0 || style_.alignment != Align::Start || !has_items(text)) return 0;
  int width = 0;
  pango_layout_get_size(make_layout(std::string(kBullet)).get(), &width, nullptr);
  return width <= style_.max_width_px * PANGO_SCALE / kLeastWidthsOfHang ? width : 0;
}

ParagraphBuilder::Measured ParagraphBuilder::measure(PangoLayoutLine* line) {
  Measured measured{line};
  if (line->is_paragraph_start)
    in_item_ = hang_ > 0 &&
               begins_item(std::string_view(paragraph_->text_).substr(static_cast<std::size_t>(line->start_index)));
  else if (in_item_)
    measured.hang = pixels(hang_);
  PangoRectangle ink{};
  PangoRectangle logical{};
  pango_layout_line_get_extents(line, &ink, &logical);
  measured.width = pixels(logical.width);
  for (const GSList* item = line->runs; item; item = item->next) {
    const auto* run = static_cast<const PangoGlyphItem*>(item->data);
    const FontReach& reach = fonts_.reach(fonts_.id_of(run->item->analysis.font));
    measured.ascent = std::max(measured.ascent, reach.ascent);
    measured.descent = std::max(measured.descent, reach.descent);
  }
  if (!line->runs) {  // an empty line is as high as one of the paragraph's own font
    measured.ascent = pixels(-logical.y);
    measured.descent = pixels(logical.y + logical.height);
  }
  const float extra = (static_cast<float>(style_.line_spacing) - 1) * (measured.ascent + measured.descent) / 2;
  const float gap = static_cast<float>(kInkGapOfEm * style_.size_px) / 2;
  measured.ascent += extra;
  measured.descent += extra;
  if (ink.height > 0) {
    measured.ascent = std::max(measured.ascent, pixels(-ink.y) + gap);
    measured.descent = std::max(measured.descent, pixels(ink.y + ink.height) + gap);
  }
  return measured;
}

// Lines of one paragraph, up to a line feed, stand at the same distance, whatever fonts and marks are in each: that of
// the tallest. Not so for ink beyond any writing: a hostile text must not tear the rest apart.
void ParagraphBuilder::even_out(std::span<Measured> lines) const {
  const auto most = static_cast<float>(kMaxEvenOfEm * style_.size_px * std::max(1.0, style_.line_spacing));
  float ascent = 0, descent = 0;
  for (const Measured& line : lines) {
    if (line.ascent + line.descent > most) continue;
    ascent = std::max(ascent, line.ascent);
    descent = std::max(descent, line.descent);
  }
  for (Measured& line : lines) {
    line.ascent = std::max(line.ascent, ascent);
    line.descent = std::max(line.descent, descent);
  }
}

void ParagraphBuilder::place_lines(PangoLayout* layout) {
  std::vector<Measured> lines;
  for (GSList* item = pango_layout_get_lines_readonly(layout); item; item = item->next) {
    if (style_.max_lines > 0 && lines.size() == static_cast<std::size_t>(style_.max_lines)) break;
    lines.push_back(measure(static_cast<PangoLayoutLine*>(item->data)));
    paragraph_->natural_width_ = std::max(paragraph_->natural_width_, lines.back().hang + lines.back().width);
  }
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    while (end < lines.size() && !lines[end].line->is_paragraph_start) ++end;
    even_out(std::span(lines).subspan(begin, end - begin));
    begin = end;
  }
  paragraph_->width_ = style_.max_width_px > 0 ? static_cast<float>(style_.max_width_px) : paragraph_->natural_width_;
  for (const Measured& line : lines) add_line(line);
  paragraph_->height_ = top_;
}

float ParagraphBuilder::start_of(const Measured& measured) const {
  const float room = paragraph_->width_ - measured.width;
  if (style_.alignment == Align::Centre) return room / 2;
  const bool at_right = (style_.alignment == Align::End) != paragraph_->rtl_;
  return at_right ? room - measured.hang : measured.hang;  // a hang stands at the start side alone
}

void ParagraphBuilder::add_line(const Measured& measured) {
  const PangoLayoutLine& source = *measured.line;
  Line line;
  line.top = top_;
  line.baseline = top_ + measured.ascent;
  line.bottom = line.baseline + measured.descent;
  line.x = start_of(measured);
  line.width = measured.width;
  line.begin = static_cast<std::size_t>(source.start_index);
  line.end = line.begin + static_cast<std::size_t>(source.length);
  line.glyph_begin = paragraph_->glyphs_.size();
  float x = line.x;
  for (GSList* item = source.runs; item; item = item->next) {
    auto* run = static_cast<PangoGlyphItem*>(item->data);
    add_run(run, x + pixels(run->start_x_offset), line);
    add_run_stops(run, x);
    x += pixels(run->start_x_offset + pango_glyph_string_get_width(run->glyphs) + run->end_x_offset);
  }
  line.glyph_end = paragraph_->glyphs_.size();
  PangoRectangle ink{};
  pango_layout_line_get_extents(measured.line, &ink, nullptr);
  unite(paragraph_->ink_,
        {line.x + pixels(ink.x), line.baseline + pixels(ink.y), pixels(ink.width), pixels(ink.height)});
  top_ = line.bottom;
  paragraph_->lines_.push_back(line);
}

void ParagraphBuilder::add_run(PangoGlyphItem* run, float x, const Line& line) {
  const FontId font = fonts_.id_of(run->item->analysis.font);
  const PangoGlyphString& glyphs = *run->glyphs;
  for (int i = 0; i < glyphs.num_glyphs; ++i) {
    const PangoGlyphInfo& info = glyphs.glyphs[i];
    if (info.glyph != PANGO_GLYPH_EMPTY) {
      Glyph glyph;
      glyph.font = font;
      glyph.index = info.glyph & PANGO_GLYPH_UNKNOWN_FLAG ? 0 : info.glyph;  // 0 is the font's box
      glyph.x = x + pixels(info.geometry.x_offset);
      glyph.y = line.baseline + pixels(info.geometry.y_offset);
      glyph.marked = is_marked(static_cast<std::size_t>(run->item->offset + glyphs.log_clusters[i]));
      paragraph_->glyphs_.push_back(glyph);
    }
    x += pixels(info.geometry.width);
  }
}

void ParagraphBuilder::add_run_stops(PangoGlyphItem* run, float x) {
  const std::string& text = paragraph_->text_;
  const bool rtl = run->item->analysis.level % 2 == 1;
  std::vector<int> widths(static_cast<std::size_t>(run->item->num_chars));
  pango_glyph_item_get_logical_widths(run, text.c_str(), widths.data());
  auto byte = static_cast<std::size_t>(run->item->offset);
  const auto line = static_cast<std::uint32_t>(paragraph_->lines_.size());
  float edge = rtl ? x + pixels(pango_glyph_string_get_width(run->glyphs)) : x;
  Paragraph::Stop* open = nullptr;
  for (const int width : widths) {
    const float next = rtl ? edge - pixels(width) : edge + pixels(width);
    const std::uint32_t character = character_of_byte_[byte];
    const bool may_stand =
        character < static_cast<std::uint32_t>(attribute_count_) && attributes_[character].is_cursor_position;
    if (may_stand || !open) {
      paragraph_->stops_.push_back(
          {static_cast<std::uint32_t>(byte), line, std::min(edge, next), std::max(edge, next), rtl});
      open = &paragraph_->stops_.back();
    } else {
      open->left = std::min(open->left, next);
      open->right = std::max(open->right, next);
    }
    edge = next;
    do ++byte;
    while (byte < text.size() && (text[byte] & 0xC0) == 0x80);
    if (byte >= text.size()) break;
  }
}

// Line feeds have no glyphs, but a caret may stand before them; and one stands at the very end.
void ParagraphBuilder::add_final_stops() {
  const std::string& text = paragraph_->text_;
  const auto add = [&](std::size_t byte, std::size_t index) {
    const Line& line = paragraph_->lines_[index];
    const float x = paragraph_->rtl_ ? line.x : line.x + line.width;
    paragraph_->stops_.push_back(
        {static_cast<std::uint32_t>(byte), static_cast<std::uint32_t>(index), x, x, paragraph_->rtl_});
  };
  for (std::size_t i = 0; i < paragraph_->lines_.size(); ++i) {
    const std::size_t end = paragraph_->lines_[i].end;
    if (end < text.size() && text[end] == '\n') add(end, i);
  }
  if (!paragraph_->lines_.empty()) add(text.size(), paragraph_->lines_.size() - 1);
  auto& stops = paragraph_->stops_;
  std::stable_sort(stops.begin(), stops.end(),
                   [](const Paragraph::Stop& a, const Paragraph::Stop& b) { return a.byte < b.byte; });
  stops.erase(std::unique(stops.begin(), stops.end(),
                          [](const Paragraph::Stop& a, const Paragraph::Stop& b) { return a.byte == b.byte; }),
              stops.end());
}

bool ParagraphBuilder::is_marked(std::size_t byte) const {
  return byte < paragraph_->own_bytes_ && std::any_of(marked_.begin(), marked_.end(), [byte](const ByteRange& range) {
           return byte >= range.begin && byte < range.end;
         });
}

}  // namespace kiosk::text
