#include "kiosk/store/sqlite_error.h"

#include <sqlite3.h>

#include <filesystem>
#include <string>

namespace kiosk::store {

core::ErrorKind kind_of(int code) {
  using core::ErrorKind;
  if (code == SQLITE_IOERR_CORRUPTFS) return ErrorKind::Corrupt;
  switch (code & 0xFF) {  // the primary code
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::Corrupt;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
      return ErrorKind::Full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOLFS:
      return ErrorKind::Io;
    case SQLITE_CONSTRAINT:
      return ErrorKind::Refused;
    case SQLITE_INTERRUPT:
      return ErrorKind::Cancelled;
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_AUTH:
    case SQLITE_SCHEMA:
      return ErrorKind::Invalid;
    default:
      return ErrorKind::Internal;
  }
}

core::Error sqlite_error(sqlite3* connection, int code, std::string_view what) {
  std::string text(what);
  text += ": ";
  // SQLite's message speaks of the last call alone; where that was another, the code still says what it was.
  const bool is_last = connection && sqlite3_extended_errcode(connection) == code;
  text += is_last ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  const char* file = connection ? sqlite3_db_filename(connection, "main") : nullptr;
  return core::make_error(kind_of(code), std::move(text), file ? std::filesystem::path(file).filename().string() : "");
}

}  // namespace kiosk::store
