// What the desks share. Private to promises/.
#pragma once

#include <string>

#include "kiosk/core/check_code.h"
#include "kiosk/core/clock.h"
#include "kiosk/core/result.h"

namespace kiosk::promises {

inline constexpr core::Milliseconds kLongestPause = std::chrono::hours(1);  // between two tries

// 32 hexadecimal digits.
std::string random_id(const core::RandomBytes& random);
// Whether the request certainly changed nothing, as it was not heard or not let in.
bool was_not_heard(const core::Error& error);
// Whether it may have taken effect: no answer, or one that can't be read.
bool is_open_question(const core::Error& error);
// Whether the back end said no to it, and will again.
bool is_definite_no(const core::Error& error);
// For the journal: "timeout: no answer".
std::string problem_of(const core::Error& error);
// Until a wall time of the journal; 0 where it is due. No pause is longer than kLongestPause: where one seems to be,
// the clock was set back.
core::Milliseconds wait_until(core::Instant due, core::Instant now);

}  // namespace kiosk::promises
