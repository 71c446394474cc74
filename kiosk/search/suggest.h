// "Did you mean": the query with its unknown words put right. Private to search.
#pragma once

#include <string>
#include <vector>

#include "kiosk/search/contents.h"
#include "kiosk/search/query_plan.h"

namespace kiosk::search {

// At most three, likeliest first; none where every word is known as it is written.
std::vector<std::string> suggestions(const Contents& contents, const ParsedQuery& parsed, const std::string& language);

}  // namespace kiosk::search
