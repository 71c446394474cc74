// One service record of a feed → Service. Lenient: only an id and a name are required (rule 13).
#pragma once

#include <map>
#include <string>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/directory/dialect_name.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

// Rises with every change of what the readers make of a record: stored records of an older version are read again.
inline constexpr int kReaderVersion = 2;

struct RecordContext {
  std::string source;                             // becomes key.source
  std::string authority;                          // for organisations that name none
  core::Instant now{};                            // prices past their date are left out
  std::map<std::string, std::string> taxonomies;  // names by id, for terms that carry the id alone
};

// The dialect that a record's own members show: feeds and dumps mix them.
Dialect dialect_of_record(const core::Json& record, Dialect expected);

// What had to be bounded in records, for staff.
struct ReadNotes {
  std::size_t shortened = 0;  // names of services, organisations and places longer than 200 letters
  std::size_t piled = 0;      // names of services with more combining marks on a letter than any writing has
};

// Invalid with "not an object", "no id", "no name" or "id too long". `checked` stays unset. Adds to `notes` where
// given.
core::Result<Service> read_record(const core::Json& record, Dialect expected, const RecordContext& context,
                                  ReadNotes* notes = nullptr);

// A record as it may be stored: personal fields gone (assured_by, assurer_email, updated_by, attention), texts beyond
// 32 KB (embedded images) replaced by what residents could read of them.
core::Json storable_record(const core::Json& record);

// The publisher's own mark of the last change: last_modified, updated_at or pc_metadata.date_modified; "" for none.
std::string modified_mark(const core::Json& record);

// Text of `record` whose equality means equality of content: for lists whose records carry no mark.
std::string content_hash(const core::Json& record);

}  // namespace kiosk::directory
