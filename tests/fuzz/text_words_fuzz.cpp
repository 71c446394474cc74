// A file of words: patterns are refused or can be said; nothing in between.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/text/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  core::set_log_level(core::LogLevel::Off);
  const auto words = text::Words::parse({{"en", std::string(reinterpret_cast<const char*>(data), size)}});
  if (!words.ok()) return 0;
  const text::Args args{{"n", 3}, {"name", "\u2068x\u202E"}, {"at", text::Moment{core::Instant{}, "Europe/London"}}};
  for (const std::string& key : (*words)->keys()) {
    const std::string said = (*words)->in("en").format(key, args);
    if (!core::is_valid_utf8(said) || said.find("\u202E") != std::string::npos) std::abort();
  }
  (*words)->lint();
  return 0;
}
