#include "kiosk/areas/authority_list.h"

#include <algorithm>
#include <optional>
#include <set>

#include "kiosk/core/csv.h"
#include "kiosk/core/strings.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

namespace {

constexpr std::size_t kMostAuthorities = 5'000;
constexpr std::size_t kMostCodeBytes = 64;
constexpr std::size_t kMostTextBytes = 400;

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

bool is_council(Tier tier) { return tier == Tier::Unitary || tier == Tier::County || tier == Tier::District; }

Reason reason_of(Tier tier) {
  if (tier == Tier::Unitary) return Reason::UnitaryArea;
  if (tier == Tier::County) return Reason::CountyTier;
  return tier == Tier::District ? Reason::DistrictTier : Reason::CoversCouncil;
}

std::string clean(std::string_view text) {
  return std::string(core::truncate_utf8(core::sanitise_utf8(text), kMostTextBytes));
}

// "a;b": each a short key or code; what is longer is none.
std::vector<std::string> keys_of(std::string_view text) {
  std::vector<std::string> keys = core::split(text, ';');
  std::erase_if(keys, [](const std::string& key) { return key.size() > kMostCodeBytes || !core::is_valid_utf8(key); });
  if (keys.size() > kMostAuthorities) keys.resize(kMostAuthorities);
  return keys;
}

// Only what a browser or a QR code can follow.
std::string clean_website(std::string_view text) {
  const std::string url = clean(text);
  return url.starts_with("https://") || url.starts_with("http://") ? url : std::string();
}

}  // namespace

struct AuthorityList::Row {
  Authority authority;
  std::vector<std::string> covers, formers;
};

namespace {

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

// None where the row names no authority of a known tier.
std::optional<Authority> parse_authority(const core::CsvTable& table, const Columns& columns) {
  const auto tier = parse_tier(table.field(columns.tier));
  Authority authority;
  authority.code = clean(table.field("gss"));
  authority.name = clean(table.field("name"));
  if (!tier || authority.code.empty() || authority.code.size() > kMostCodeBytes || authority.name.empty())
    return std::nullopt;
  authority.tier = *tier;
  authority.parent = clean(table.field(columns.parent));
  authority.website = clean_website(table.field("homepage_url"));
  authority.phone = clean(table.field("phone"));
  authority.duties = keys_of(table.field("duties"));
  return authority;
}

}  // namespace

core::Status AuthorityList::add_csv(std::string_view bytes, const std::string& where) {
  KIOSK_TRY(core::CsvTable table, core::CsvTable::open(bytes, where));
  const Columns columns = columns_of(table);
  for (const char* name : {"gss", "name", columns.tier, columns.parent}) {
    if (!table.has(name)) return make_error(ErrorKind::Invalid, std::string("has no column \"") + name + '"', where);
  }
  std::vector<Row> rows;
  std::map<std::string, std::string, std::less<>> code_of_id;  // GOV.UK's own numbers, which its parents refer to
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) break;
    if (authorities_.size() + rows.size() >= kMostAuthorities)
      return make_error(ErrorKind::Full, "names more authorities than a country has", where);
    auto authority = parse_authority(table, columns);
    if (!authority) {
      ++skipped_;
      continue;
    }
    if (columns.govuk) code_of_id[std::string(table.field("id"))] = authority->code;
    rows.push_back({std::move(*authority), keys_of(table.field("covers")), keys_of(table.field("former_gss"))});
  }
  for (Row& row : rows) {
    if (columns.govuk) row.authority.parent = code_of_id[row.authority.parent];
    if (!add(std::move(row))) ++skipped_;
  }
  return {};
}

// False where the code is taken: the first row of a code stands.
bool AuthorityList::add(Row row) {
  if (!index_.try_emplace(row.authority.code, authorities_.size()).second) return false;
  authorities_.push_back(std::move(row.authority));
  covers_.push_back(std::move(row.covers));
  formers_.push_back(std::move(row.formers));
  return true;
}

void AuthorityList::finish() {
  for (std::size_t i = 0; i < authorities_.size(); ++i) {
    for (const std::string& code : formers_[i]) former_index_.try_emplace(code, i);
    for (const std::string& code : covers_[i]) covering_[code].push_back(i);
  }
}

const Authority* AuthorityList::find(std::string_view code) const {
  if (const auto found = index_.find(code); found != index_.end()) return &authorities_[found->second];
  if (const auto found = former_index_.find(code); found != former_index_.end()) return &authorities_[found->second];
  return nullptr;
}

// Who of the two tiers serves: the nearer first, either may be null.
std::pair<const Authority*, const Authority*> AuthorityList::councils(const CouncilCodes& area) const {
  const auto council_of = [this](std::string_view code) {
    const Authority* found = find(code);
    return found && is_council(found->tier) ? found : nullptr;
  };
  const Authority* council = council_of(area.district);
  if (council && council->tier != Tier::District) return {council, nullptr};
  const Authority* upper = council_of(area.county);
  if (council && !council->parent.empty()) upper = council_of(council->parent);
  // A county may have become a unitary since the postcodes were listed; then it serves alone.
  if (upper && upper->tier != Tier::County) return {upper, nullptr};
  return {council, upper};
}

std::vector<Serves> AuthorityList::serving(const CouncilCodes& area) const {
  const auto [council, upper] = councils(area);
  std::vector<Serves> serving;
  for (const Authority* authority : {council, upper}) {
    if (authority) serving.push_back({*authority, reason_of(authority->tier)});
  }

  std::set<std::size_t> bodies;  // in the order of the list
  for (const std::string& code : {area.district, area.county, council ? council->code : "", upper ? upper->code : ""}) {
    const auto found = covering_.find(code);
    if (found != covering_.end()) bodies.insert(found->second.begin(), found->second.end());
  }
  for (const Tier tier : {Tier::Combined, Tier::Health, Tier::Police, Tier::Fire}) {
    for (const std::size_t body : bodies) {
      if (authorities_[body].tier == tier) serving.push_back({authorities_[body], reason_of(tier)});
    }
  }
  return serving;
}

}  // namespace kiosk::areas
