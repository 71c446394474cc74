// From a PangoLayout to a Paragraph: plain data that needs no Pango. Private to text/.
#pragma once

#include <pango/pango.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/owned.h"
#include "kiosk/text/font_table.h"
#include "kiosk/text/layout.h"

namespace kiosk::text {

class ParagraphBuilder {
 public:
  ParagraphBuilder(PangoContext* context, FontTable& fonts, const std::string& families, const TextStyle& style,
                   const std::vector<ByteRange>& marked);

  // `text` is valid UTF-8; `already_cut` where something was left out of it.
  ParagraphPtr build(std::string text, bool already_cut);

 private:
  using LayoutPtr = core::Owned<PangoLayout, g_object_unref>;
  // What is known of a line before it has its place.
  struct Measured {
    PangoLayoutLine* line = nullptr;
    float ascent = 0, descent = 0;  // around the baseline, ink included
    float width = 0;
    float hang = 0;  // it goes on with a list's item: so far from where lines begin
  };

  LayoutPtr make_layout(const std::string& text) const;
  // What is unbreakable() is broken all the same where it would reach beyond the width.
  LayoutPtr make_layout(const std::string& text, const std::vector<ByteRange>& whole) const;
  // Shortens the text so that lines after the last allowed one, in later paragraphs, become one ellipsis.
  LayoutPtr within_max_lines(LayoutPtr layout);
  LayoutPtr cut_at(std::size_t end);
  // Pango cuts a text that is too long between any letters: it ends with a whole word instead, where there is one in
  // the last line's second half.
  LayoutPtr within_whole_words(LayoutPtr layout);
  Measured measure(PangoLayoutLine* line);
  // How far the lines of a list's item stand in that go on from the first; 0 where there is no list.
  int hang_of(const std::string& text) const;
  void even_out(std::span<Measured> lines) const;
  void place_lines(PangoLayout* layout);
  void add_line(const Measured& measured);
  void add_run(PangoGlyphItem* run, float x, const Line& line);
  void add_run_stops(PangoGlyphItem* run, float x);
  void add_final_stops();
  float start_of(const Measured& measured) const;
  bool is_marked(std::size_t byte) const;

  PangoContext* context_;
  FontTable& fonts_;
  const std::string& families_;
  const TextStyle& style_;
  const std::vector<ByteRange>& marked_;
  std::shared_ptr<Paragraph> paragraph_;
  const PangoLogAttr* attributes_ = nullptr;
  int attribute_count_ = 0;
  std::vector<std::uint32_t> character_of_byte_;
  float top_ = 0;
  int hang_ = 0;          // Pango units
  bool in_item_ = false;  // the line before is of a list's item
};

}  // namespace kiosk::text
