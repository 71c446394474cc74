// The report systems' books: what was reported, by whom, and what became of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "tests/sandbox/open311_data.h"

namespace kiosk::sandbox {

struct FiledReport {
  std::string authority;
  std::string number;  // service_request_id
  std::string token;   // of a batch; else empty
  std::string service_code, type;
  std::string reference;       // the sender's own, found in the description
  std::int64_t filed_at = 0;   // epoch seconds
  std::int64_t listed_at = 0;  // from when on it is in the list, and its token has its number
  std::string status = "open", status_notes;
  std::string latitude, longitude, address, address_id, description;
  std::map<std::string, std::string> contact;                  // email, first_name, last_name, phone
  std::map<std::string, std::vector<std::string>> attributes;  // by code
  bool by_client = true;                                       // false: known from the start

  bool is_listed(std::int64_t now_s) const { return type != "blackbox" && now_s >= listed_at; }
};

// Not thread-safe: its owner locks.
class FiledReports {
 public:
  // Numbers it, and names it by a token where it is of a batch.
  const FiledReport& add(FiledReport report);
  // Null where there is none.
  const FiledReport* find(const std::string& authority, const std::string& number) const;
  const FiledReport* find_token(const std::string& authority, const std::string& token) const;
  // As a member of the service list's back end sees them: the newest first.
  std::vector<const FiledReport*> listed(const std::string& authority, std::int64_t now_s) const;
  FiledReport* change(const std::string& authority, const std::string& number);

  core::Json to_json() const;  // what clients sent
  void restore(const core::Json& saved);
  void clear();

 private:
  std::vector<FiledReport> reports_;
  std::int64_t last_number_ = 1000;
};

}  // namespace kiosk::sandbox
