// Every number that ranking turns on, in one place. Tuned on the judged queries for development; see README.md.
#pragma once

#include <array>

#include "kiosk/search/contents.h"

namespace kiosk::search {

struct FieldWeight {
  float weight;  // of one occurrence
  float length;  // BM25F's b: 0 = long texts are not held against it, 1 = wholly
};

// In the order of Field.
inline constexpr std::array<FieldWeight, kFields> kFieldWeights = {{
    {3.0f, 0.5f},  // name
    {2.5f, 0.5f},  // other names
    {2.0f, 0.3f},  // categories
    {1.0f, 0.2f},  // organisation
    {1.0f, 0.2f},  // places
    {1.0f, 0.3f},  // eligibility
    {1.0f, 0.4f},  // description
}};

struct RankWeights {
  float saturation = 3.0f;  // BM25F's k1
  float stem = 0.9f;        // a word of the same stem, beside the word itself
  float prefix = 0.6f;      // a word that only begins so
  float one_edit = 0.25f;   // a word one typing error away
  float two_edits = 0.06f;
  float coordination = 0.5f;   // power of the share of the query's weight that a record matches
  float name_coverage = 1.0f;  // for a name that is the query, no more and no less
  float served = 0.4f;         // the authority that serves the resident's address
  float near = 0.15f;          // at the door; falls off with kilometres
  float near_kilometres = 3.0f;
  float exact_name = 1000.0f;  // above everything else
};
inline constexpr RankWeights kRank;

}  // namespace kiosk::search
