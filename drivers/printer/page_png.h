// A page as PNG, black on white.
#pragma once

#include <string>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/result.h"

namespace drivers::printer {

// Errors: Invalid for a page that cairo can't hold, Full where there is no memory.
kiosk::core::Result<std::string> page_to_png(const kiosk::core::Bitmap1& page);

}  // namespace drivers::printer
