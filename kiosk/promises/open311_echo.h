// What a resident typed, taken out of a back end's words. Pure.
#pragma once

#include <string>
#include <vector>

#include "kiosk/promises/report.h"

namespace kiosk::promises::open311 {

// Puts "…" wherever `text` repeats what was typed: each field as a whole, also where the text was cut within it at its
// end, and each word of the name by itself ("Thank you, Ana"). What was chosen from a list of `questions` may stay, as
// may what is too short to be told from other words.
void hide_echo(std::string& text, const ReportContent& content, const std::vector<ReportQuestion>& questions);

}  // namespace kiosk::promises::open311
