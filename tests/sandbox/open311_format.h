// Answers of the report systems as XML or JSON, in the wrappings that servers use.
#pragma once

#include <string>

#include "tests/sandbox/config.h"
#include "tests/sandbox/exchange.h"

namespace kiosk::sandbox {

enum class Open311Format { Json, Xml };

// `outer` names the document ("services"): the root in XML; in JSON the member that holds a list where the back end
// wraps lists, and nothing otherwise. Members of objects are of the same names in both.
Answer open311_answer(const core::Json& value, const std::string& outer, Open311Format format,
                      const Open311Behaviour& behaviour, int status = 200);
// {"code", "description"} in the format, or a page where the back end has its errors as pages.
Answer open311_error(int status, const std::string& description, Open311Format format,
                     const Open311Behaviour& behaviour);

}  // namespace kiosk::sandbox
