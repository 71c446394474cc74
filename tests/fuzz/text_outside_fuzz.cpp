// Text from anywhere: cleaned it is valid and harmless, and laid out it stays inside its box, with carets that move on.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "kiosk/core/strings.h"
#include "kiosk/text/layout.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

kiosk::text::TextEngine& engine() {
  static const auto shared = kiosk::text::TextEngine::create();
  require(shared.ok());
  return **shared;
}

}  // namespace

// Pango's font matching thread still holds what it is at when the leak check looks.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:libpango\n"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  if (size < 2) return 0;
  const std::string_view outside(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string clean = text::clean_outside_text(outside, 4096);
  require(core::is_valid_utf8(clean) && clean.size() <= 4096);
  require(text::without_bidi_controls(clean) == clean);
  require(text::clean_outside_text(clean, 4096) == clean);

  text::TextStyle style;
  style.language = (data[0] & 1) ? "ar" : (data[0] & 2) ? "ur" : "en";
  style.max_width_px = (data[0] & 4) ? 1 + data[1] : 0;
  style.max_lines = (data[0] >> 3) & 3;
  const auto paragraph = engine().layout(outside.substr(0, 2000), style);
  require(core::is_valid_utf8(paragraph->text()));
  require(paragraph->ink().y >= 0 && paragraph->ink().bottom() <= paragraph->height() + 0.01F);
  require(style.max_lines == 0 || paragraph->lines().size() <= static_cast<std::size_t>(style.max_lines));
  for (std::size_t byte = 0, next = 0;; byte = next) {
    next = paragraph->next_stop(byte);
    const text::Rect caret = paragraph->cursor(byte);
    require(paragraph->byte_at(caret.x, caret.y) <= paragraph->text().size());
    if (next <= byte) break;
  }
  engine().forget();
  return 0;
}
