// Answers of feeds in every dialect: any bytes are safe, what is stored reads back as it was, and no record is without
// an id and a name.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kiosk/core/json.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/dump.h"
#include "kiosk/directory/envelope.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/record.h"
#include "kiosk/directory/service_json.h"

namespace {

using namespace kiosk;
using namespace kiosk::directory;

void require(bool law) {
  if (!law) std::abort();
}

void check_service(const Service& service) {
  require(!service.key.id.empty() && !service.name.empty());
  require(core::is_valid_utf8(service.description) && core::is_valid_utf8(service.name));
  require(core::count_code_points(service.name) <= kMaxLineLetters);
  for (const Cost& cost : service.costs) require(!cost.amount || (*cost.amount >= 0 && *cost.amount <= 1e9));
  const std::string stored = to_stored_json(service);
  const core::Result<Service> again = from_stored_json(stored, "fuzz");
  require(again.ok() && to_stored_json(*again) == stored);
}

void check_record(const core::Json& record) {
  RecordContext context;
  context.source = "fuzz";
  context.now = core::Instant(std::chrono::hours{24 * 365 * 56});
  for (const Dialect dialect : {Dialect::Hsds3, Dialect::Oruk3, Dialect::Oruk1, Dialect::Outpost}) {
    const core::Result<Service> service = read_record(record, dialect, context);
    if (service.ok()) check_service(*service);
  }
  // What is stored in place of the record reads as the record, but for texts cut to size.
  const core::Json stored = storable_record(record);
  require(read_record(stored, Dialect::Hsds3, context).ok() == read_record(record, Dialect::Hsds3, context).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> notes;
  for (const bool lines : {false, true}) {
    const core::Status read =
        for_each_dumped(bytes, "fuzz", lines, notes, [](const DumpRecord& record) -> core::Status {
          check_record(record.json);
          return {};
        });
    static_cast<void>(read.ok());
  }
  core::Result<core::Json> json = core::parse_json(bytes, "fuzz");
  if (!json.ok()) return 0;
  check_record(*json);
  const core::Result<Page> page = read_page(std::move(*json), "fuzz");
  if (!page.ok()) return 0;
  for (const core::Json& row : page->rows) check_record(row);
  return 0;
}
