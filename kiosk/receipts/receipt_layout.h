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

// The em of each kind of text in dots, by RNIB's clear print (12 pt and more) and large print (16 pt and more).
struct TypeSizes {
  double body = 0;       // 12 or 16 pt: 34 or 45 dots at 203 dpi
  double important = 0;  // 14 or 18 pt
  double title = 0;      // 16 or 20 pt
  double code = 0;       // 18 or 22 pt
};
TypeSizes type_sizes(const PaperFormat& format);

// One strip of the format's width, as long as it needs. Left-aligned, right-aligned in right-to-left languages; nothing
// is drawn within 1 mm of the sides. Errors: Invalid for a format out of range; Full where the link does not fit the
// width at 4 dots a module (print again without `link`: the code and the number remain), or for more than 5 m.
core::Result<core::Bitmap1> layout_receipt(const Receipt& receipt, const text::Language& language,
                                           const PaperFormat& format, text::TextEngine& engine);

}  // namespace kiosk::receipts
