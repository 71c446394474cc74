// How a receipt looks on paper: laid out once, drawn as black and white dots that any printer can print, in any script.
#pragma once

#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/result.h"
#include "kiosk/receipts/receipt.h"
#include "kiosk/text/layout.h"

namespace kiosk::receipts {

struct PaperFormat {
  int width_dots = 576;    // 200 .. 1024; 384 (58 mm), 512 (80 mm at 180 dpi) and 576 (80 mm at 203 dpi) are usual
  double dots_per_mm = 8;  // 4 .. 24; 203 dpi is 8, 180 dpi is 7.09
  bool large_print = false;
};

// Sizes of RNIB's clear print and large print, for a format, in dots.
struct TypeSizes {
  double body = 0, title = 0, small = 0;
};
TypeSizes type_sizes(const PaperFormat& format);

// One strip of the format's width, as long as it needs, at most 4 m. Left-aligned, right-aligned in right-to-left
// languages; nothing is drawn outside the width. Errors: Invalid for a format out of range, Full where the link cannot
// fit the width at 4 dots a module (the caller then prints without `link`).
core::Result<core::Bitmap1> layout_receipt(const Receipt& receipt, const text::Language& language,
                                           const PaperFormat& format, text::TextEngine& engine);

}  // namespace kiosk::receipts
