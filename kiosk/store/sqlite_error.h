// Private to store: SQLite's result codes as Errors.
#pragma once

#include <string_view>

#include "kiosk/core/error.h"

struct sqlite3;

namespace kiosk::store {

core::ErrorKind kind_of(int code);
// The connection's last error; `code` is an extended result code. `what` says what was being done: "cannot prepare".
core::Error sqlite_error(sqlite3* connection, int code, std::string_view what);

}  // namespace kiosk::store
