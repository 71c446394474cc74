// Lists of authorities in the forms that they are published in. Private to areas.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/areas/areas.h"

namespace kiosk::areas {

// One authority, the councils that it covers, and the codes that it answers for since they are gone.
struct AuthorityRow {
  Authority authority;
  std::vector<std::string> covers, formers;
};

struct AuthorityRows {
  std::vector<AuthorityRow> rows;
  std::map<std::string, std::string, std::less<>> code_of_registry;  // mySociety's register code → GSS code of today
  std::vector<std::pair<std::string, std::string>> register_codes;   // of a look-up table: GSS code, register code
};

// Which of four forms it is, the columns say:
// - ours: gss, name, tier, parent_gss and optionally homepage_url, phone, former_gss, duties, covers
// - GOV.UK's local-authorities.csv: gss, name, tier_id, parent_local_authority_id, homepage_url
// - mySociety's uk_local_authorities: authorities of today and those that have ended, with what replaced them
// - mySociety's lookup_gss_to_registry: the codes that one authority ever had
// Rows that name no authority are counted in `report`. Invalid names file and column; Full is of absurd sizes.
core::Result<AuthorityRows> read_authorities(std::string_view bytes, const std::string& where, ImportReport& report);

}  // namespace kiosk::areas
