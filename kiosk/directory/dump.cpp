#include "kiosk/directory/dump.h"

#include "kiosk/core/strings.h"

namespace kiosk::directory {

namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Status;
using Event = Json::parse_event_t;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;

// Picks the records out of a document while it is parsed, and lets the parser forget them.
class Picker {
 public:
  explicit Picker(const std::function<Status(const DumpRecord&)>& use) : use_(use) {}

  // False: the parser drops the value.
  bool on(int depth, Event event, Json& parsed) {
    if (!status_.ok()) return false;
    if (event == Event::object_start || event == Event::array_start) {
      if (depth == 0) top_is_array_ = event == Event::array_start;
      return depth <= kMaxDepth;
    }
    if (event == Event::key && depth == 1) key_ = parsed.get<std::string>();
    const bool inside = top_is_array_ ? depth == 1 : depth == 2 && is_list_key();
    if (!inside || (event != Event::object_end && event != Event::value)) return true;
    take(parsed);
    return false;
  }

  // A document that is one service itself.
  Status finish(Json& document, std::string_view where) {
    if (status_.ok() && count_ == 0 && document.is_object() && document.contains("id") && document.contains("name")) {
      take(document);
    }
    if (status_.ok() && count_ == 0 && !found_list_ && !top_is_array_) {
      return make_error(ErrorKind::Invalid, "no list of services in it", std::string(where));
    }
    return status_;
  }
  const Status& status() const { return status_; }

 private:
  bool is_list_key() {
    const bool is = key_ == "contents" || key_ == "content" || key_ == "services";
    found_list_ = found_list_ || is;
    return is;
  }

  void take(Json& record) {
    ++count_;
    const Dialect expected = key_ == "content" ? Dialect::Oruk1 : Dialect::Hsds3;
    status_ = use_({std::move(record), "record " + std::to_string(count_), expected});
  }

  const std::function<Status(const DumpRecord&)>& use_;
  Status status_;
  std::string key_;
  std::size_t count_ = 0;
  bool top_is_array_ = false, found_list_ = false;
};

Status read_document(std::string_view bytes, std::string_view where,
                     const std::function<Status(const DumpRecord&)>& use) {
  Picker picker(use);
  Json document;
  try {
    document = Json::parse(bytes.begin(), bytes.end(),
                           [&](int depth, Event event, Json& parsed) { return picker.on(depth, event, parsed); });
  } catch (const Json::parse_error& error) {
    KIOSK_CHECK(picker.status());
    return make_error(ErrorKind::Invalid, "not JSON at byte " + std::to_string(error.byte), std::string(where));
  } catch (const Json::exception&) {
    return make_error(ErrorKind::Invalid, "not readable JSON", std::string(where));
  }
  return picker.finish(document, where);
}

Status read_lines(std::string_view bytes, std::string_view where, const std::function<Status(const DumpRecord&)>& use) {
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = core::trim(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (line.empty()) continue;
    const std::string place = std::string(where) + ":" + std::to_string(number);
    if (line.size() > kMaxLineBytes) return make_error(ErrorKind::Full, "a line is too long", place);
    KIOSK_TRY(Json record, core::parse_json(line, place, kMaxDepth));
    KIOSK_CHECK(use({std::move(record), "line " + std::to_string(number), Dialect::Hsds3}));
  }
  return {};
}

}  // namespace

Status for_each_dumped(std::string_view bytes, std::string_view where, bool lines, std::vector<std::string>& notes,
                       const std::function<Status(const DumpRecord&)>& use) {
  std::string repaired;
  if (!core::is_valid_utf8(bytes)) {
    repaired = core::sanitise_utf8(bytes);
    bytes = repaired;
    notes.push_back("bytes that are not UTF-8 were replaced");
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  return lines ? read_lines(bytes, where, use) : read_document(bytes, where, use);
}

}  // namespace kiosk::directory
