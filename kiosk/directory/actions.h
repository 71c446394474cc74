// Which services can be booked or reported from the kiosk, for feeds that do not say so themselves: rules from the
// configuration, applied to records as they are published. A link in the record itself wins over a rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/directory/model.h"

namespace kiosk::directory {

// "<back end>:<service id there>"; nullopt where either part is empty. The id may hold colons.
std::optional<ActionLink> parse_action_link(std::string_view text);

// "<source>:<id>", as bookings and the configuration name a record; nullopt where either part is empty.
std::optional<RecordKey> parse_record_key(std::string_view text);
std::string text_of(const RecordKey& key);

// Applies where every part that is given fits; a rule with neither service, name nor category fits nothing.
struct ActionRule {
  std::string source;    // id of a source; "" = any
  std::string service;   // record id, exactly
  std::string name;      // whole name, ASCII case and outer spaces ignored
  std::string category;  // id or name of one of the record's categories, likewise
  std::optional<ActionLink> booking, report;
};
using ActionRules = std::vector<ActionRule>;

// Fills service.booking and service.report where they are empty; the first rule that fits wins.
void apply_action_rules(const ActionRules& rules, Service& service);

}  // namespace kiosk::directory
