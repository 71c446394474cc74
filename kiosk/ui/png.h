// Pictures of the screen as PNG files. Private to the folder.
#pragma once

#include <string>

#include "kiosk/core/result.h"
#include "kiosk/ui/software_renderer.h"

namespace kiosk::ui {

core::Result<std::string> to_png(const SoftwareRenderer& picture);

}  // namespace kiosk::ui
