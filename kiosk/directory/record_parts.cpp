#include "kiosk/directory/record_parts.h"

#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/directory/actions.h"
#include "kiosk/directory/fields.h"

namespace kiosk::directory {

namespace {

using core::Json;

constexpr double kMaxCost = 1e9;
constexpr std::string_view kActionTaxonomy = "civic-kiosk:action";

// "civic-kiosk:book:<back end>:<id>": how a term alone, without an attribute's value, names a link. The ORUK profiles
// have no such values.
std::string_view link_in_address(std::string_view address, std::string_view action) {
  const std::string prefix = "civic-kiosk:" + std::string(action) + ":";
  return address.substr(0, prefix.size()) == prefix ? address.substr(prefix.size()) : std::string_view{};
}

bool try_action(std::string_view action, const std::vector<std::string>& names,
                const std::vector<std::string>& addresses, std::string_view value, std::optional<ActionLink>& link) {
  std::string_view target =
      std::any_of(names.begin(), names.end(), [&](const std::string& name) { return is_word(name, action); })
          ? value
          : std::string_view{};
  for (const std::string& address : addresses) {
    if (target.empty()) target = link_in_address(address, action);
  }
  if (target.empty()) return false;
  if (!link) link = parse_action_link(target);
  return true;
}

std::string taxonomy_of(const Json& term, const RecordContext& context) {
  std::string name = line_of(term, {"taxonomy", "vocabulary"});
  if (!name.empty()) return name;
  name = line_of(core::json_object(term, "taxonomy_detail"), {"name", "uri"});
  if (!name.empty()) return name;
  const auto known = context.taxonomies.find(core::json_text(term, "taxonomy_id"));
  return known == context.taxonomies.end() ? std::string() : known->second;
}

}  // namespace

void add_term(const Json& term, std::string_view value, const RecordContext& context, Service& service) {
  const std::string taxonomy = taxonomy_of(term, context);
  const std::string id = core::json_text(term, "id"), code = core::json_text(term, "code");
  const std::string name = line_of(term, {"name", "term"});
  const std::vector<std::string> addresses = {core::json_text(term, "term_uri"), id, code};
  const bool booking = try_action("book", {code, name}, addresses,
                                  is_word(taxonomy, kActionTaxonomy) ? value : std::string_view{}, service.booking);
  const bool report = try_action("report", {code, name}, addresses,
                                 is_word(taxonomy, kActionTaxonomy) ? value : std::string_view{}, service.report);
  if (booking || report || is_word(taxonomy, kActionTaxonomy)) return;
  add_category({id.empty() ? code : id, name, taxonomy, core::json_text(term, "parent_id")}, service);
}

void add_category(Category category, Service& service) {
  if (category.name.empty() || service.categories.size() >= kMaxListItems) return;
  const auto same = [&](const Category& known) {
    return known.id == category.id && known.name == category.name && known.taxonomy == category.taxonomy;
  };
  if (std::none_of(service.categories.begin(), service.categories.end(), same))
    service.categories.push_back(std::move(category));
}

void add_language(std::string_view text, Service& service) {
  const std::string code = language_code(text);
  const bool known = std::find(service.languages.begin(), service.languages.end(), code) != service.languages.end();
  if (!code.empty() && !known && service.languages.size() < kMaxListItems) service.languages.push_back(code);
}

void add_costs(const Json& list, const RecordContext& context, Service& service) {
  const core::Date today{std::chrono::floor<std::chrono::days>(context.now)};
  each_object(list, [&](const Json& object) {
    const std::optional<core::Date> last = date_of(object, "valid_to");
    if (last && *last < today && context.now != core::Instant{}) return;
    Cost cost;
    cost.option = line_of(object, {"option", "cost_type"});
    cost.amount = core::json_number(object, "amount");
    // Not finite, negative or beyond any price: what it says in words stays.
    if (cost.amount && !(*cost.amount >= 0 && *cost.amount <= kMaxCost)) cost.amount.reset();
    if (cost.amount == 0) cost.amount = 0;  // not -0
    cost.currency = line_of(object, "currency");
    for (char& c : cost.currency) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (cost.currency.size() != 3) cost.currency = "GBP";
    cost.description = text_of(object, "amount_description");
    if (cost.amount || !cost.option.empty() || !cost.description.empty()) service.costs.push_back(std::move(cost));
  });
}

void add_areas(const Json& list, Service& service) {
  each_object(list, [&](const Json& object) {
    ServiceArea area{line_of(object, {"name", "service_area", "description"}),
                     clean_url(core::json_text(object, "uri"))};
    // The specification's example address stands in live feeds (rule 6).
    if (area.uri.find("//www.example.com") != std::string::npos || area.uri.find("//example.com") != std::string::npos)
      area.uri.clear();
    if (!area.name.empty() || !area.uri.empty()) service.areas.push_back(std::move(area));
  });
}

Organisation read_organisation(const Json& object) {
  Organisation organisation;
  organisation.id = core::json_text(object, "id");
  organisation.name = name_of(object, {"name"});
  organisation.description = text_of(object, "description");
  for (const char* key : {"website", "url", "uri"}) {
    if (organisation.website.empty()) organisation.website = clean_url(core::json_text(object, key));
  }
  organisation.email = clean_email(core::json_text(object, "email"));
  return organisation;
}

}  // namespace kiosk::directory
