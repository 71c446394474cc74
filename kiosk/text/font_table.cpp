#include "kiosk/text/font_table.h"

#include <algorithm>
#include <string_view>

namespace kiosk::text {

namespace {

// Some Noto fonts reserve room for every stacked mark of their script on every line (Noto Sans Arabic: 2.2 em), which
// tears paragraphs apart. Lines are kept to this and grow where their ink needs it. Nastaliq slants downwards along the
// word and does need its height.
constexpr double kMaxLineOfEm = 1.72;

FontReach measure(PangoFont* font) {
  PangoRectangle logical{};
  pango_font_get_glyph_extents(font, /*glyph=*/0, nullptr, &logical);
  PangoFontDescription* described = pango_font_describe_with_absolute_size(font);
  const double em = pango_font_description_get_size(described) / static_cast<double>(PANGO_SCALE);
  const std::string_view family = pango_font_description_get_family(described);
  double ascent = -logical.y / static_cast<double>(PANGO_SCALE);
  double descent = (logical.y + logical.height) / static_cast<double>(PANGO_SCALE);
  if (family.find("Nastaliq") == std::string_view::npos && ascent + descent > kMaxLineOfEm * em) {
    const double shrink = kMaxLineOfEm * em / (ascent + descent);
    ascent *= shrink;
    descent *= shrink;
  }
  pango_font_description_free(described);
  return {static_cast<float>(ascent), static_cast<float>(descent)};
}

}  // namespace

FontTable::~FontTable() {
  for (PangoFont* font : fonts_) g_object_unref(font);
}

FontId FontTable::id_of(PangoFont* font) {
  const auto known = ids_.find(font);
  if (known != ids_.end()) return known->second;
  const auto id = static_cast<FontId>(fonts_.size());
  fonts_.push_back(PANGO_FONT(g_object_ref(font)));
  reaches_.push_back(measure(font));
  ids_.emplace(font, id);
  return id;
}

}  // namespace kiosk::text
