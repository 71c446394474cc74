// A database's schema, moved forward step by step. The version reached is SQLite's user_version.
#pragma once

#include <span>
#include <string_view>

#include "kiosk/store/database.h"

namespace kiosk::store {

// Released steps are never edited: a change is a new step.
struct Migration {
  int version;            // from 1, rising
  std::string_view name;  // for errors and logs: "bookings"
  std::string_view sql;   // a script; no transaction statements
};

core::Result<int> schema_version(Database& database);
// Applies what is missing, each step with its version in one transaction. Nothing is written where nothing is missing.
// Error Unsupported where the database is newer than the last step (an older program found it): it is left untouched.
core::Status migrate(Database& database, std::span<const Migration> steps);

}  // namespace kiosk::store
