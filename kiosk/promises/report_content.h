// What a resident said, as one text to be sealed. Private to promises/.
#pragma once

#include "kiosk/core/result.h"
#include "kiosk/promises/report.h"

namespace kiosk::promises {

// JSON. Whatever else is made of it on the way is wiped when freed (kiosk/app/wiped_heap.cpp).
core::SecretText content_text(const ReportContent& content);
// Corrupt where it is not what content_text() made.
core::Result<ReportContent> parse_content(const core::SecretText& text);

}  // namespace kiosk::promises
