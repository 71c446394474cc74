// Between the dialects of service directories. Inside the sandbox a service is a full HSDS 3.0 object; everything else
// is made from it (or, for a feed given in ORUK 1.0, it is made from that). Rules: the fact sheets' sections 2 to 4,
// that is the HSDS 3.0 specification, the Open Referral UK 3.0 profile and the ORUK 1.0 schemas with their reference
// server.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/core/json.h"

namespace kiosk::sandbox {

enum class Detail { List, Full };
// The 1.0 schema and the 1.0 reference server disagree: service_taxonomies or service_taxonomys, eligibilities or
// eligibilitys, and only the schema has schedules by weekday number and a closed list of eligibilities.
enum class Oruk1Style { Schema, Reference };

core::Json to_hsds3(const core::Json& service, Detail detail);
core::Json to_oruk3(const core::Json& service, Detail detail);
core::Json to_oruk1(const core::Json& service, Detail detail, Oruk1Style style);
// What an ORUK 1.0 record says, as HSDS 3.0. Its dirt (empty names, HTML) stays.
core::Json from_oruk1(const core::Json& record);
bool looks_like_oruk1(const core::Json& record);

// The parts that have lists of their own, in HSDS 3.0 and as the ORUK 3.0 profile cuts them.
core::Json cut_to_oruk3(core::Json object);
core::Json oruk1_organization(const core::Json& organization);
core::Json oruk1_location(const core::Json& location);
core::Json oruk1_taxonomy(const core::Json& term);
// `object` without members that are arrays or objects.
core::Json scalars_of(const core::Json& object);

// A stable id in the shape of a UUID, from any text.
std::string uuid_of(std::string_view text);
// The id that the object has, or one made of `fallback`.
std::string id_or(const core::Json& object, const std::string& fallback);

}  // namespace kiosk::sandbox
