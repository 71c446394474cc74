// Comma-separated values as RFC 4180 has them, read record by record: quoted fields with commas, line ends and doubled
// quotes; CR LF, LF or CR between records; an optional byte order mark. What the RFC leaves open is read leniently: a
// quote inside a bare field is a character, text after a closing quote belongs to the field, blank lines are skipped,
// and records may be shorter or longer than the header.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"

namespace kiosk::core {

struct CsvLimits {
  std::size_t max_fields = 512;                        // a record
  std::size_t max_field_bytes = std::size_t{1} << 20;  // a field
  char separator = ',';
};

// Pulls records out of `bytes`, which must outlive the reader. One thread at a time.
class CsvReader {
 public:
  // `where` names the file in errors: "services.csv". Nothing is read yet.
  CsvReader(std::string_view bytes, std::string_view where, CsvLimits limits = {});

  // The next record, a string a field, bytes as they are in the file (the caller checks the encoding). False at the
  // end. Errors: Invalid for a quote that never closes, Full for a limit; both name file and line, and end the reading.
  Result<bool> next(std::vector<std::string>& record);
  std::size_t line() const { return record_line_; }  // where the last record began; 1 is the first line

 private:
  Status read_field(std::string& field);
  Status read_quoted(std::string& field);
  Status check_size(const std::string& field) const;
  void skip_line_ends();
  std::string place() const;

  std::string_view bytes_;
  std::string where_;
  CsvLimits limits_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 0;
};

// A file whose first record names the columns. Names are compared trimmed and without regard to ASCII case.
class CsvTable {
 public:
  // Reads the header. Invalid where there is none.
  static Result<CsvTable> open(std::string_view bytes, std::string_view where, CsvLimits limits = {});

  Result<bool> next();  // as CsvReader::next
  std::optional<std::size_t> column(std::string_view name) const;
  bool has(std::string_view name) const { return column(name).has_value(); }
  // Of the present record, trimmed; "" where the column is missing or the record too short. Valid until next().
  std::string_view field(std::string_view name) const;
  std::string_view field(std::size_t column) const;
  const std::vector<std::string>& columns() const { return columns_; }  // trimmed, lower case
  std::size_t line() const { return reader_.line(); }

 private:
  CsvTable(CsvReader reader, std::vector<std::string> columns)
      : reader_(std::move(reader)), columns_(std::move(columns)) {}
  CsvReader reader_;
  std::vector<std::string> columns_, record_;
};

}  // namespace kiosk::core
