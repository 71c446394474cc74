#include <unicode/plurrule.h>

#include <algorithm>

#include "kiosk/text/icu_text.h"
#include "kiosk/text/language_state.h"
#include "kiosk/text/words.h"

namespace kiosk::text {

namespace {

using Kind = LintFinding::Kind;

struct Shape {
  std::map<std::string, std::set<PlaceholderType>> arguments;
  std::vector<PluralUse> plurals;
};

Shape shape_of(const std::string& pattern, const icu::Locale& locale) {
  Shape shape;
  const auto message = Message::compile(pattern, locale, {});
  if (!message.ok()) return shape;  // load() has refused such patterns
  for (const Placeholder& placeholder : (*message)->placeholders()) {
    shape.arguments[placeholder.name].insert(placeholder.type);
  }
  shape.plurals = (*message)->plurals();
  return shape;
}

// A number may be inserted as it is, formatted, or decide a plural; a moment must stay one; a word may be a select.
bool fit(const std::set<PlaceholderType>& a, const std::set<PlaceholderType>& b) {
  return a.contains(PlaceholderType::Moment) == b.contains(PlaceholderType::Moment) &&
         !(a.contains(PlaceholderType::Number) && b.contains(PlaceholderType::Select)) &&
         !(a.contains(PlaceholderType::Select) && b.contains(PlaceholderType::Number));
}

std::string difference(const Shape& english, const Shape& other) {
  for (const auto& [name, types] : english.arguments) {
    const auto found = other.arguments.find(name);
    if (found == other.arguments.end()) return "lacks {" + name + "}";
    if (!fit(types, found->second)) return "uses {" + name + "} as another kind of value than English";
  }
  for (const auto& [name, types] : other.arguments) {
    if (!english.arguments.contains(name)) return "has {" + name + "}, which English has not";
  }
  return {};
}

// The forms that whole numbers take in the language: "few" is one in Polish, and "many" in French is for millions.
std::set<std::string> needed_forms(const icu::Locale& locale, bool ordinal) {
  constexpr int kNumbersTried = 200;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(
      icu::PluralRules::forLocale(locale, ordinal ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL, status));
  std::set<std::string> forms;
  for (int number = 0; U_SUCCESS(status) && number <= kNumbersTried; ++number) {
    forms.insert(from_icu(rules->select(number)));
  }
  return forms;
}

// "=0", "=1", "=2" stand for the forms that only they take.
bool has_form(const PluralUse& use, const std::string& form) {
  if (use.forms.contains(form)) return true;
  return (form == "zero" && use.forms.contains("=0")) || (form == "one" && use.forms.contains("=1")) ||
         (form == "two" && use.forms.contains("=2"));
}

}  // namespace

void lint_language(const Language& language, const Language& english, std::vector<LintFinding>& findings) {
  const auto add = [&](Kind kind, const std::string& key, std::string detail) {
    findings.push_back({kind, language.code(), key, std::move(detail)});
  };
  const Language::State& own = *language.state_;
  const Language::State& reference = *english.state_;
  for (const auto& [key, entry] : reference.entries) {
    if (!own.entries.contains(key)) add(Kind::MissingKey, key, "not translated");
  }
  const std::set<std::string> forms[] = {needed_forms(own.locale, false), needed_forms(own.locale, true)};
  for (const auto& [key, entry] : own.entries) {
    const Shape shape = shape_of(entry.pattern, own.locale);
    for (const PluralUse& use : shape.plurals) {
      for (const std::string& form : forms[use.ordinal ? 1 : 0]) {
        if (!has_form(use, form)) add(Kind::PluralForm, key, "has no form '" + form + "'");
      }
    }
    const auto original = reference.entries.find(key);
    if (original == reference.entries.end()) {
      add(Kind::ExtraKey, key, "not in English");
      continue;
    }
    const std::string differs = difference(shape_of(original->second.pattern, reference.locale), shape);
    if (!differs.empty()) add(Kind::Placeholders, key, differs);
  }
}

}  // namespace kiosk::text
