// mySociety's register of local authorities past and present. Private to areas.
#pragma once

#include <string>

#include "kiosk/areas/authority_csv.h"
#include "kiosk/areas/import_report.h"
#include "kiosk/core/csv.h"

namespace kiosk::areas {

// Those that have ended become former codes of whoever replaced them, through as many mergers as there were. Where
// several did (a county that was split), its districts say which; the county's own code leads nowhere.
core::Result<AuthorityRows> read_registry(core::CsvTable table, const std::string& where, ImportReport& report);

}  // namespace kiosk::areas
