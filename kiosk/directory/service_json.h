// Service ↔ JSON text as stored in directory.db. Private to the folder: the form may change with the schema.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

// Everything but `checked`, which the source's state tells. Equal services give equal texts.
std::string to_stored_json(const Service& service);
// Error Corrupt where the text is not of to_stored_json.
core::Result<Service> from_stored_json(std::string_view text, std::string_view where);

}  // namespace kiosk::directory
