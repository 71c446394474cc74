#include "kiosk/store/statement.h"

#include <sqlite3.h>

#include <utility>

#include "kiosk/store/sqlite_error.h"

namespace kiosk::store {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Statement& Statement::bind(int index, std::nullptr_t) { return note(sqlite3_bind_null(statement_.get(), index)); }

Statement& Statement::bind_integer(int index, std::int64_t value) {
  return note(sqlite3_bind_int64(statement_.get(), index, value));
}

Statement& Statement::bind(int index, double value) {
  return note(sqlite3_bind_double(statement_.get(), index, value));
}

Statement& Statement::bind(int index, std::string_view text) {
  const char* bytes = text.data() ? text.data() : "";  // a null pointer would bind NULL
  return note(sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bind(int index, ByteView bytes) {
  if (bytes.empty()) return note(sqlite3_bind_zeroblob(statement_.get(), index, 0));
  return note(sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

int Statement::parameter(std::string_view name) {
  const int index = sqlite3_bind_parameter_index(statement_.get(), std::string(name).c_str());
  if (index == 0) refuse("no parameter " + std::string(name));
  return index;
}

Statement& Statement::refuse(std::string_view why) {
  if (!bind_error_) bind_error_ = core::make_error(core::ErrorKind::Invalid, std::string(why));
  return *this;
}

Statement& Statement::note(int code) {
  if (code != SQLITE_OK && !bind_error_) {
    bind_error_ = sqlite_error(sqlite3_db_handle(statement_.get()), code, "cannot bind a value");
    if (code == SQLITE_MISUSE) bind_error_ = core::make_error(core::ErrorKind::Internal, "bound while rows are open");
  }
  return *this;
}

core::Result<bool> Statement::step() {
  if (bind_error_) {
    core::Error error = *std::move(bind_error_);
    reset();
    return error;
  }
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_.get());
    return false;
  }
  core::Error error = sqlite_error(sqlite3_db_handle(statement_.get()), code, "cannot step");
  sqlite3_reset(statement_.get());  // says the same code again
  return error;
}

core::Status Statement::run() {
  for (;;) {
    KIOSK_TRY(const bool more, step());
    if (!more) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());  // its code is the last step's, which was told
  sqlite3_clear_bindings(statement_.get());
  bind_error_.reset();
}

int Statement::columns() const { return sqlite3_column_count(statement_.get()); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string_view Statement::text_view(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Bytes Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  if (!bytes) return {};
  return {bytes, bytes + sqlite3_column_bytes(statement_.get(), column)};
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  return get<std::optional<std::int64_t>>(column);
}

std::optional<double> Statement::optional_real(int column) const { return get<std::optional<double>>(column); }

std::optional<std::string> Statement::optional_text(int column) const {
  return get<std::optional<std::string>>(column);
}

}  // namespace kiosk::store
