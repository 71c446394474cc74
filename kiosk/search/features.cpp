#include "kiosk/search/features.h"

#include <algorithm>
#include <initializer_list>

#include "kiosk/core/strings.h"
#include "kiosk/directory/cost.h"
#include "kiosk/search/search.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {
namespace {

constexpr std::size_t kMostTokens = 2000;
constexpr int kAdult = 18;
constexpr int kOlder = 50;
constexpr int kOldestChild = 12;
constexpr int kOldestYoungPerson = 25;

constexpr std::uint16_t feature_bit(Filter filter) {
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(filter));
}

// "word word word ": folded, so that whole words and phrases can be looked for.
std::string folded(std::string_view text) {
  std::string out;
  for (const Token& token : tokenize(text, kMostTokens)) out += token.word + " ";
  return out;
}

// `text` has a space before and behind every word. (A phrase is not looked for with its spaces: every word begins so.)
bool says(const std::string& text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
      if (text[at - 1] == ' ' && text[at + phrase.size()] == ' ') return true;
    }
    return false;
  });
}

const std::string& said_in(const SaidByField& said, Field field) { return said[static_cast<std::size_t>(field)]; }

std::uint16_t audience_of(const directory::Service& service, const SaidByField& said) {
  const std::string text =
      " " + said_in(said, Field::Name) + said_in(said, Field::Eligibility) + said_in(said, Field::Categories);
  const int from = service.minimum_age.value_or(0);
  const int to = service.maximum_age.value_or(200);
  const bool bounded = service.maximum_age.has_value() && to < 100;
  std::uint16_t bits = 0;
  if ((bounded && from <= kOldestChild && to <= kAdult) ||
      says(text, {"child", "children", "children s", "baby", "babies", "toddler", "toddlers", "nursery", "pre school"}))
    bits |= feature_bit(Filter::Children);
  if ((bounded && to > kOldestChild && to <= kOldestYoungPerson) ||
      says(text, {"young people", "young people s", "young person", "young adults", "youth", "teenagers", "students"}))
    bits |= feature_bit(Filter::YoungPeople);
  if (from >= kOlder || says(text, {"older people", "older people s", "older person", "older adults", "pensioner",
                                    "pensioners", "over 60", "over 65", "over 50s", "over 60s", "elderly"}))
    bits |= feature_bit(Filter::OlderPeople);
  if (says(text, {"family", "families", "parent", "parents", "parenting", "mothers", "fathers", "mums", "dads"}))
    bits |= feature_bit(Filter::Families);
  if (says(text, {"carer", "carers", "carer s", "caring for someone"})) bits |= feature_bit(Filter::Carers);
  if (says(text, {"disabled", "disability", "disabilities", "send", "special educational needs", "wheelchair users",
                  "blind", "deaf", "sight loss", "hearing loss", "autism", "autistic"}))
    bits |= feature_bit(Filter::DisabledPeople);
  return bits;
}

bool needs_no_appointment(const directory::Service& service, const SaidByField& said) {
  const std::string text = " " + folded(service.attending) + folded(service.application) +
                           said_in(said, Field::Description) + said_in(said, Field::Name);
  return says(text, {"drop in", "walk in", "no appointment", "no appointments", "without an appointment",
                     "no need to book", "no booking", "just turn up", "just come along", "turn up on the day"});
}

bool is_reached_by_wheelchair(const directory::Service& service) {
  return std::any_of(service.places.begin(), service.places.end(), [](const directory::Place& place) {
    return std::any_of(place.accessibility.begin(), place.accessibility.end(), [](const std::string& each) {
      const std::string text = " " + folded(each);
      return says(text, {"wheelchair", "wheelchairs", "step free", "level access"}) &&
             !says(text, {"not", "no", "without", "limited"});
    });
  });
}

}  // namespace

Features features_of(const directory::Service& service, const SaidByField& said) {
  Features bits = audience_of(service, said);
  if (directory::cost_of(service) == directory::CostKind::Free) bits |= feature_bit(Filter::Free);
  if (is_reached_by_wheelchair(service)) bits |= feature_bit(Filter::Wheelchair);
  if (needs_no_appointment(service, said)) bits |= feature_bit(Filter::NoAppointment);
  return bits;
}

std::uint16_t languages_of(const directory::Service& service) {
  std::uint16_t bits = 0;
  for (const std::string& language : service.languages) {
    const auto found = std::find(kConceptLanguages.begin(), kConceptLanguages.end(), language.substr(0, 2));
    if (found != kConceptLanguages.end() && (language.size() == 2 || language[2] == '-'))
      bits = static_cast<std::uint16_t>(bits | (1u << (found - kConceptLanguages.begin())));
  }
  return bits;
}

}  // namespace kiosk::search
