// Answers of Open311 servers as one kind of tree, whether they came as XML or as JSON. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/json.h"

namespace kiosk::promises::open311 {

// XML as {"<root>": …}: an element that holds elements is an object, several of one name are an array, all else is
// text. JSON as it stands, but numbers as the text that was written: ids may have leading zeros, as in the
// specification's own samples, and more digits than a number keeps. The first character tells the two apart, not the
// type that is said. Unsupported: neither of them, cut off, too deep, or with a document type (entities are never
// expanded).
core::Result<core::Json> parse_document(std::string_view bytes, const std::string& where);

// The list `outer` of entries `inner` ("services", "service") in any wrapping that servers use: a bare array, the array
// as a member, XML's two elements, and one entry in place of a list of one. nullopt where there is none. The pointers
// live as long as the document.
using Entries = std::vector<const core::Json*>;
std::optional<Entries> entries_of(const core::Json& document, const char* outer, const char* inner);
// The list that a member holds; empty where the member is missing, null or empty.
Entries entries_in(const core::Json& object, const char* member, const char* inner);

}  // namespace kiosk::promises::open311
