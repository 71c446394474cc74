// Receipts as PNG, for files of pages, tours and tests.
#pragma once

#include <string>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/result.h"

namespace kiosk::receipts {

// The bytes of a PNG file, black on white. Error Invalid for an empty bitmap.
core::Result<std::string> to_png(const core::Bitmap1& bitmap);

}  // namespace kiosk::receipts
