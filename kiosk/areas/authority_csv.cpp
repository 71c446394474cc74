#include "kiosk/areas/authority_csv.h"

#include <algorithm>
#include <optional>
#include <set>

#include "kiosk/areas/authority_registry.h"
#include "kiosk/areas/authority_text.h"
#include "kiosk/areas/import_report.h"
#include "kiosk/core/csv.h"
#include "kiosk/core/strings.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

std::string clean_field(std::string_view text) {
  return std::string(core::truncate_utf8(core::sanitise_utf8(text), kMostTextBytes));
}

std::vector<std::string> keys_of(std::string_view text, char separator) {
  std::vector<std::string> keys = core::split(text, separator);
  std::erase_if(keys, [](const std::string& key) { return key.size() > kMostCodeBytes || !core::is_valid_utf8(key); });
  if (keys.size() > kMostAuthorities) keys.resize(kMostAuthorities);
  return keys;
}

namespace {

std::optional<Tier> parse_tier(std::string_view text) {
  static const std::map<std::string, Tier, std::less<>> tiers = {{"unitary", Tier::Unitary},
                                                                 {"county", Tier::County},
                                                                 {"district", Tier::District},
                                                                 {"combined", Tier::Combined},
                                                                 {"health", Tier::Health},
                                                                 {"police", Tier::Police},
                                                                 {"fire", Tier::Fire},
                                                                 // GOV.UK's tier_id
                                                                 {"1", Tier::County},
                                                                 {"2", Tier::District},
                                                                 {"3", Tier::Unitary}};
  const auto found = tiers.find(core::to_lower_ascii(text));
  return found == tiers.end() ? std::nullopt : std::optional(found->second);
}

// Only what a browser or a QR code can follow.
std::string clean_website(std::string_view text) {
  const std::string url = clean_field(text);
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string();
}

// Which columns a file has for what ours call tier and parent_gss.
struct Columns {
  bool govuk;
  const char *tier, *parent;
};

Columns columns_of(const core::CsvTable& table) {
  const bool govuk = !table.has("tier") && table.has("tier_id");
  if (govuk) return {true, "tier_id", "parent_local_authority_id"};
  return {false, "tier", "parent_gss"};
}

// None where the row names no authority of a known tier; then why.
std::optional<Authority> parse_authority(const core::CsvTable& table, const Columns& columns, const char*& why) {
  const auto tier = parse_tier(table.field(columns.tier));
  Authority authority;
  authority.code = clean_field(table.field("gss"));
  authority.name = clean_field(table.field("name"));
  why = !tier                                    ? "no tier that is known"
        : authority.code.empty()                 ? "no GSS code"
        : authority.code.size() > kMostCodeBytes ? "a code that is too long"
        : authority.name.empty()                 ? "no name"
                                                 : nullptr;
  if (why) return std::nullopt;
  authority.tier = *tier;
  authority.parent = clean_field(table.field(columns.parent));
  authority.website = clean_website(table.field("homepage_url"));
  authority.phone = clean_field(table.field("phone"));
  authority.duties = keys_of(table.field("duties"), ';');
  return authority;
}

// Ours and GOV.UK's.
core::Result<AuthorityRows> read_plain(core::CsvTable table, const std::string& where, ImportReport& report) {
  const Columns columns = columns_of(table);
  for (const char* name : {"gss", "name", columns.tier, columns.parent}) {
    if (!table.has(name)) return make_error(ErrorKind::Invalid, std::string("has no column \"") + name + '"', where);
  }
  AuthorityRows found;
  std::set<std::string> codes;
  std::map<std::string, std::string, std::less<>> code_of_id;  // GOV.UK's own numbers, which its parents refer to
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) break;
    if (++report.authority_rows > kMostAuthorities)
      return make_error(ErrorKind::Full, "names more authorities than a country has", where);
    const char* why = nullptr;
    auto authority = parse_authority(table, columns, why);
    const bool doubled = authority && !codes.insert(authority->code).second;
    if (!authority || doubled) {
      report.skip(doubled ? "a code that is there twice" : why, where, table.line());
      continue;
    }
    if (columns.govuk) code_of_id[std::string(table.field("id"))] = authority->code;
    found.rows.push_back(
        {std::move(*authority), keys_of(table.field("covers"), ';'), keys_of(table.field("former_gss"), ';')});
  }
  if (!columns.govuk) return found;
  for (AuthorityRow& row : found.rows) row.authority.parent = code_of_id[row.authority.parent];
  return found;
}

core::Result<AuthorityRows> read_lookup(core::CsvTable table, const std::string& where, ImportReport& report) {
  AuthorityRows found;
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) return found;
    if (++report.authority_rows > kMostAuthorities)
      return make_error(ErrorKind::Full, "names more authorities than a country has", where);
    std::string gss = clean_field(table.field("gss-code")), code = clean_field(table.field("local-authority-code"));
    if (gss.empty() || code.empty() || gss.size() > kMostCodeBytes || code.size() > kMostCodeBytes) {
      report.skip("no GSS code", where, table.line());
    } else {
      found.register_codes.emplace_back(std::move(gss), std::move(code));
    }
  }
}

}  // namespace

core::Result<AuthorityRows> read_authorities(std::string_view bytes, const std::string& where, ImportReport& report) {
  KIOSK_TRY(core::CsvTable table, core::CsvTable::open(bytes, where));
  if (table.has("gss-code") && table.has("local-authority-type")) return read_registry(std::move(table), where, report);
  if (table.has("gss-code") && table.has("local-authority-code")) return read_lookup(std::move(table), where, report);
  return read_plain(std::move(table), where, report);
}

}  // namespace kiosk::areas
