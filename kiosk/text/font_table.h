// The fonts that paragraphs of one engine use, by number. Private to text/.
#pragma once

#include <pango/pango.h>

#include <unordered_map>
#include <vector>

#include "kiosk/text/layout.h"

namespace kiosk::text {

// How far a line of this font reaches from its baseline, pixels.
struct FontReach {
  float ascent = 0, descent = 0;
};

// Keeps every font it has numbered, so that glyphs of remembered paragraphs stay drawable.
class FontTable {
 public:
  FontTable() = default;
  ~FontTable();
  FontTable(const FontTable&) = delete;
  FontTable& operator=(const FontTable&) = delete;

  FontId id_of(PangoFont* font);
  PangoFont* font(FontId id) const { return fonts_[static_cast<std::size_t>(id)]; }
  const FontReach& reach(FontId id) const { return reaches_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return fonts_.size(); }

 private:
  std::unordered_map<PangoFont*, FontId> ids_;
  std::vector<PangoFont*> fonts_;
  std::vector<FontReach> reaches_;
};

}  // namespace kiosk::text
