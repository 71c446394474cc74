// A query as the index reads it, whatever it is narrowed by: kept with its answer, for its marks, for other filters,
// and for the next key. Private to search.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kiosk/search/meaning.h"
#include "kiosk/search/search.h"
#include "kiosk/search/word_plan.h"

namespace kiosk::search {

struct Asked {
  std::shared_ptr<const Contents> contents;
  std::string language;  // of the interface
  std::string read_in;   // the language that its words were taken to be in
  ParsedQuery parsed;
  std::vector<SharedWordPlan> words;  // of `parsed`
  std::vector<Meaning> meanings;
};

// Takes over what Query::before holds of the same words, where it was read in the same contents and language.
std::shared_ptr<const Asked> ask(const Query& query, const std::shared_ptr<const Contents>& contents);

}  // namespace kiosk::search
