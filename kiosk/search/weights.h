// Every number that ranking turns on, in one place. Tuned on the judged queries for development; see README.md.
#pragma once

#include <array>

#include "kiosk/search/contents.h"

namespace kiosk::search {

struct FieldWeight {
  float weight;        // of one occurrence
  float length;        // BM25F's b: 0 = long texts are not held against it, 1 = wholly
  float usual_length;  // words; fixed, so that what a record weighs does not depend on the others
};

// In the order of Field.
inline constexpr std::array<FieldWeight, kFields> kFieldWeights = {{
    {3.6f, 0.45f, 4},  // name
    {2.5f, 0.5f, 4},   // other names
    {2.0f, 0.3f, 4},   // categories
    {1.0f, 0.2f, 4},   // organisation
    {1.0f, 0.2f, 15},  // places
    {1.0f, 0.3f, 12},  // eligibility
    {0.8f, 0.4f, 40},  // description
}};

// What a record weighs for a concept whose service phrases it holds: fixed when the index is built.
struct ConceptWeights {
  float in_name = 1.0f;
  float name_share = 0.75f;  // of that, how much hangs on the phrase being the whole name
  float in_other_names = 0.8f;
  float in_categories = 0.5f;
  float in_description = 0.3f;
  float word_in_description = 0.15f;
  float next_phrase = 0.95f;  // each later phrase of a concept beside the one before
};
inline constexpr ConceptWeights kConcepts;

struct RankWeights {
  float saturation = 3.0f;          // BM25F's k1
  float stem = 0.9f;                // a word of the same stem, beside the word itself
  float weak = 0.45f;               // a word that says little: "apply"
  float split = 0.45f;              // two words written as one
  float prefix = 0.6f;              // a word that only begins so
  float slip = 0.3f;                // a word one usual slip of the finger away
  float slip_falls = 1.6f;          // how fast that falls with slip_cost(): e^-
  float certain_slip = 0.6f;        // the same, where the word as written stands nowhere
  float certain_slip_falls = 0.8f;  // how fast that falls
  float sound = 0.15f;              // a word that sounds so
  float going_on_near = 0.12f;      // a word of which the beginning holds a slip
  float coordination = 0.6f;        // power of the share of the query that a record matches
  float name_coverage = 1.5f;       // for a name that is the query, no more and no less
  float meaning = 0.6f;             // a concept's worth, beside the very word in the name
  float focus = 0.25f;              // power of the share of the query that a concept's phrase explains
  float part = 0.3f;                // an English phrase of which only the telling words are there
  float foreign_part = 0.6f;        // of another language: there the words themselves find little
  float lesser = 0.5f;              // of words and meaning, what the lesser adds to the greater
  float foreign = 0.8f;             // a concept in words of neither English nor the interface's language
  float served = 0.4f;              // the authority that serves the resident's address
  float near = 0.15f;               // at the door; falls off with kilometres
  float near_kilometres = 3.0f;
  float open = 0.03f;          // open now
  float stale = 0.05f;         // not confirmed by its source for kStaleDays
  float exact_name = 1000.0f;  // above everything else
};
inline constexpr RankWeights kRank;
constexpr int kStaleDays = 30;

}  // namespace kiosk::search
