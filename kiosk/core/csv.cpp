#include "kiosk/core/csv.h"

#include <algorithm>

#include "kiosk/core/strings.h"

namespace kiosk::core {

CsvReader::CsvReader(std::string_view bytes, std::string_view where, CsvLimits limits)
    : bytes_(bytes), where_(where), limits_(limits) {
  if (bytes_.substr(0, 3) == "\xEF\xBB\xBF") position_ = 3;
}

Result<bool> CsvReader::next(std::vector<std::string>& record) {
  record.clear();
  skip_line_ends();
  record_line_ = line_;
  if (position_ >= bytes_.size()) return false;
  for (;;) {
    if (record.size() == limits_.max_fields) return make_error(ErrorKind::Full, "too many fields in a record", place());
    record.emplace_back();
    KIOSK_CHECK(read_field(record.back()));
    if (position_ >= bytes_.size() || bytes_[position_] != limits_.separator) return true;
    ++position_;
  }
}

Status CsvReader::read_field(std::string& field) {
  if (position_ < bytes_.size() && bytes_[position_] == '"') KIOSK_CHECK(read_quoted(field));
  const std::size_t begin = position_;
  while (position_ < bytes_.size()) {
    const char c = bytes_[position_];
    if (c == limits_.separator || c == '\n' || c == '\r') break;
    ++position_;
  }
  field.append(bytes_.substr(begin, position_ - begin));
  return check_size(field);
}

Status CsvReader::read_quoted(std::string& field) {
  ++position_;
  for (;;) {
    const std::size_t quote = bytes_.find('"', position_);
    if (quote == std::string_view::npos) return make_error(ErrorKind::Invalid, "a quote is never closed", place());
    const std::string_view part = bytes_.substr(position_, quote - position_);
    line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    field.append(part);
    KIOSK_CHECK(check_size(field));
    position_ = quote + 1;
    if (position_ >= bytes_.size() || bytes_[position_] != '"') return {};
    field.push_back('"');
    ++position_;
  }
}

Status CsvReader::check_size(const std::string& field) const {
  if (field.size() > limits_.max_field_bytes) return make_error(ErrorKind::Full, "a field is too long", place());
  return {};
}

void CsvReader::skip_line_ends() {
  while (position_ < bytes_.size() && (bytes_[position_] == '\n' || bytes_[position_] == '\r')) {
    const bool pair = bytes_[position_] == '\r' && position_ + 1 < bytes_.size() && bytes_[position_ + 1] == '\n';
    position_ += pair ? 2 : 1;
    ++line_;
  }
}

std::string CsvReader::place() const { return where_ + ":" + std::to_string(record_line_); }

Result<CsvTable> CsvTable::open(std::string_view bytes, std::string_view where, CsvLimits limits) {
  CsvReader reader(bytes, where, limits);
  std::vector<std::string> columns;
  KIOSK_TRY(const bool found, reader.next(columns));
  if (!found) return make_error(ErrorKind::Invalid, "the file is empty: no header", std::string(where));
  for (std::string& name : columns) name = to_lower_ascii(trim(name));
  return CsvTable(std::move(reader), std::move(columns));
}

Result<bool> CsvTable::next() { return reader_.next(record_); }

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const std::string& each) { return equals_ignoring_case(each, name); });
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::string_view CsvTable::field(std::string_view name) const {
  const std::optional<std::size_t> index = column(name);
  return index ? field(*index) : std::string_view{};
}

std::string_view CsvTable::field(std::size_t index) const {
  return index < record_.size() ? trim(record_[index]) : std::string_view{};
}

}  // namespace kiosk::core
