#include "kiosk/directory/actions.h"

#include <algorithm>

#include "kiosk/core/strings.h"

namespace kiosk::directory {

namespace {

bool same_word(std::string_view a, std::string_view b) {
  return core::equals_ignoring_case(core::trim(a), core::trim(b));
}

bool fits(const ActionRule& rule, const Service& service) {
  if (rule.service.empty() && rule.name.empty() && rule.category.empty()) return false;
  if (!rule.source.empty() && rule.source != service.key.source) return false;
  if (!rule.service.empty() && rule.service != service.key.id) return false;
  if (!rule.name.empty() && !same_word(rule.name, service.name)) return false;
  if (rule.category.empty()) return true;
  return std::any_of(service.categories.begin(), service.categories.end(), [&](const Category& category) {
    return same_word(rule.category, category.id) || same_word(rule.category, category.name);
  });
}

}  // namespace

std::optional<ActionLink> parse_action_link(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view backend = core::trim(text.substr(0, colon)), id = core::trim(text.substr(colon + 1));
  if (backend.empty() || id.empty()) return std::nullopt;
  return ActionLink{std::string(backend), std::string(id)};
}

std::optional<RecordKey> parse_record_key(std::string_view text) {
  auto parts = parse_action_link(text);
  if (!parts) return std::nullopt;
  return RecordKey{std::move(parts->backend), std::move(parts->service_id)};
}

std::string text_of(const RecordKey& key) { return key.source + ":" + key.id; }

void apply_action_rules(const ActionRules& rules, Service& service) {
  for (const ActionRule& rule : rules) {
    if (!fits(rule, service)) continue;
    if (!service.booking) service.booking = rule.booking;
    if (!service.report) service.report = rule.report;
  }
}

}  // namespace kiosk::directory
