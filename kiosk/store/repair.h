// Finding damage, and moving a damaged file out of the way without losing it.
#pragma once

#include <filesystem>

#include "kiosk/core/clock.h"
#include "kiosk/store/database.h"

namespace kiosk::store {

// PRAGMA quick_check: reads the whole file. Error Corrupt with the first finding.
core::Status quick_check(Database& database);

// Renames FILE, FILE-wal and FILE-shm to "FILE.damaged-20261123T143205Z" (…-wal, …-shm); returns the first. No
// connection may be open. Error NotFound where there is no file.
core::Result<std::filesystem::path> set_aside(const std::filesystem::path& file, const core::Clock& clock);

}  // namespace kiosk::store
