// Reads a configuration file (TOML 1.0) over the built-in defaults. Everything that is wrong is named with file, line
// and key; a file with any fault is refused whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/settings/settings.h"

namespace kiosk::settings {

struct Problem {
  int line = 0;  // 1-based; 0 unknown
  std::string key;
  std::string what;
};

struct Loaded {
  Settings settings;               // paths in it are absolute
  std::vector<Problem> problems;   // empty: the settings may be used
  std::vector<std::string> given;  // dotted keys that the file sets, in order
};

// Io or Full: the file cannot be read. Invalid: not TOML (where = "file:line"). Otherwise every fault is in `problems`.
core::Result<Loaded> inspect(const std::filesystem::path& file);
// As inspect(), but any problem is an Invalid error naming all of them, a line each.
core::Result<Settings> load(const std::filesystem::path& file);

// The Invalid error that names all of them, a line each: "site.toml:3: idle.ask_after_s: must be from 30 to 600".
core::Error refusal(const std::filesystem::path& file, const std::vector<Problem>& problems);

inline constexpr const char* kTopicsFile = "topics.file";  // a key that other folders name

// The line of a key that the file gives, or of an element of a list ("areas.postcodes[0]"); 0 where it is a default.
int line_of(const Settings& settings, const std::string& key);
// An error of something that a key names (a file that cannot be read), with configuration file, line and key in front.
core::Error at_key(const Settings& settings, const std::string& key, const core::Error& error);

struct Explanation {
  std::string key, value, layer;  // layer: "built-in default" or the file
};
// The value of one dotted key ("display.theme") and where it came from. NotFound for an unknown key.
core::Result<Explanation> explain(const std::filesystem::path& file, const std::string& key);

}  // namespace kiosk::settings
