// Descriptions of publishers: the text is bounded, valid, of one paragraph a line, and holds nothing that misleads.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/strings.h"
#include "kiosk/directory/html_text.h"

namespace {

void require(bool law) {
  if (!law) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string text = directory::html_to_text(html);
  require(text.size() <= directory::kMaxTextBytes);
  require(core::is_valid_utf8(text));
  require(text.find("\n\n") == std::string::npos);
  require(text.empty() || (text.front() != '\n' && text.back() != '\n'));
  for (const char c : text) require(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  for (const char* misleading : {"\u202E", "\u202D", "\u2066", "\u200B"})
    require(text.find(misleading) == std::string::npos);
  require(directory::html_to_line(html).find('\n') == std::string::npos);
  require(directory::clean_text(text) == text);
  return 0;
}
