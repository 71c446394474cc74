// What a value must be so that a kiosk can work with it. Each says what is wrong and the way out; "" where it is good.
// Private to settings/.
#pragma once

#include <string>
#include <string_view>

namespace kiosk::settings {

// Control characters (C0, C1, DEL, line and paragraph separators) and those that turn the direction of writing around
// (U+202A-E, U+2066-9) would make a name look like another one, on screen and in the logs.
std::string fault_of_text(std::string_view text);
// http(s) with a host, and without a user's name and password: secrets never stand in a configuration. The fault does
// not repeat the address, so that a password gets into no log.
std::string fault_of_url(std::string_view url);
// A name of the IANA database, as ICU knows it.
std::string fault_of_time_zone(const std::string& zone);

}  // namespace kiosk::settings
