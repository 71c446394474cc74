// Settings as a flat list of dotted keys and values: for `config explain` and `config diff`.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kiosk/settings/settings.h"

namespace kiosk::settings {

// Every key with its value as TOML writes it, in the order of settings.h. List entries are "sources[0].id".
std::vector<std::pair<std::string, std::string>> describe(const Settings& settings);

}  // namespace kiosk::settings
