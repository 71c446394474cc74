// What the handlers of the ZMS API share: one request with its parsed body, and errors as that API words them.
#pragma once

#include <string>
#include <vector>

#include "tests/sandbox/zms_api.h"

namespace kiosk::sandbox {

struct ZmsApi::Context {
  const Call& call;
  const ZmsAuthority& authority;
  const ZmsBehaviour& behaviour;
  std::string endpoint;
  std::string name;  // "reserve-appointment"
  core::Json body;   // of a POST; else null
  std::int64_t now_s;
  std::string client;  // as the server sees its address

  // A member of the body, or of the query in a GET, as text.
  std::string text(const char* member) const {
    return call.method == "POST" ? core::json_text(body, member) : call.param_or_empty(member);
  }
};

// {"errors": [...]}, with the highest status of them all.
Answer zms_errors(const std::vector<std::string>& codes);
inline Answer zms_error(const std::string& code) { return zms_errors({code}); }

bool all_digits(std::string_view text);
// "1,2,3" as numbers; empty where anything else stands there.
std::vector<std::int64_t> csv_numbers(const std::string& text);

// Slots that the services take at an office, in the order asked; 0 where a service is not offered there.
int slots_needed(const ZmsAuthority& authority, std::int64_t office,
                 const std::vector<std::pair<std::int64_t, int>>& services);

}  // namespace kiosk::sandbox
