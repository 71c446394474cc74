// The report systems' master data: what can be reported, what is asked about it, and what others have reported. Read
// from reports.json; assets/demo/README.md gives its form.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"

namespace kiosk::sandbox {

struct Open311Service {
  std::string code, name;
  std::string type;         // realtime, batch, blackbox
  core::Json object;        // as GET /services gives it
  core::Json attributes;    // of its definition, an array
  std::string notice;       // given with each report that was taken
  std::string responsible;  // who looks after it, where that is somebody else
};

// What somebody else reported before the sandbox began.
struct Open311Known {
  std::string service_code;
  core::Json object;  // members of a request, without times
  int days_ago = 0;
};

struct Open311Authority {
  std::string id, name;
  std::string jurisdiction_id;  // empty: serves one only, and asks for none
  std::string api_key;          // empty: asks for none
  bool email_required = false;
  std::vector<Open311Service> services;
  std::vector<Open311Known> known;

  const Open311Service* find(const std::string& service_code) const;
};

using Open311Map = std::map<std::string, Open311Authority>;

// Errors name the back end and the member that is wrong.
core::Result<Open311Map> read_reports(const core::Json& json);

}  // namespace kiosk::sandbox
