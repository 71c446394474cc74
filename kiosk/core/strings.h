// Small text helpers on bytes and UTF-8. What needs a language (case of a word, order, plural) belongs to text/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

std::string_view trim(std::string_view text);  // ASCII white space and U+00A0 at both ends
std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);      // ASCII letters
std::vector<std::string> split(std::string_view text, char separator);  // parts trimmed, empty ones dropped
std::string join(const std::vector<std::string>& parts, std::string_view separator);

bool is_valid_utf8(std::string_view bytes);
// Invalid sequences become U+FFFD; control characters other than tab and line feed are removed.
std::string sanitise_utf8(std::string_view bytes);
// At most `max_bytes`, cut between code points.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);
std::size_t count_code_points(std::string_view text);

}  // namespace kiosk::core
