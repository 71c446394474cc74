// What the dialects' readers share.
#pragma once

#include <string_view>

#include "kiosk/core/json.h"
#include "kiosk/directory/model.h"
#include "kiosk/directory/record.h"

namespace kiosk::directory {

// Fills what is particular to the dialect; id, name and the shared fields are there already.
void read_hsds3_parts(const core::Json& record, const RecordContext& context, Service& service);
void read_oruk1_parts(const core::Json& record, const RecordContext& context, Service& service);
void read_outpost_parts(const core::Json& record, const RecordContext& context, Service& service);

// Adds a category, or sets a link where the term is of the taxonomy "civic-kiosk:action". `value` is the attribute's.
void add_term(const core::Json& term, std::string_view value, const RecordContext& context, Service& service);
void add_category(Category category, Service& service);
void add_language(std::string_view text, Service& service);
void add_costs(const core::Json& list, const RecordContext& context, Service& service);
void add_areas(const core::Json& list, Service& service);
Organisation read_organisation(const core::Json& object);

}  // namespace kiosk::directory
