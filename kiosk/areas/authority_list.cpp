#include "kiosk/areas/authority_list.h"

#include <algorithm>
#include <set>

namespace kiosk::areas {

namespace {

bool is_council(Tier tier) { return tier == Tier::Unitary || tier == Tier::County || tier == Tier::District; }

Reason reason_of(Tier tier) {
  if (tier == Tier::Unitary) return Reason::UnitaryArea;
  if (tier == Tier::County) return Reason::CountyTier;
  return tier == Tier::District ? Reason::DistrictTier : Reason::CoversCouncil;
}

void add_missing(std::vector<std::string>& into, std::vector<std::string> from) {
  for (std::string& each : from) {
    if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(std::move(each));
  }
}

void fill(std::string& into, std::string from) {
  if (into.empty()) into = std::move(from);
}

}  // namespace

void AuthorityList::add(AuthorityRows rows) {
  for (AuthorityRow& row : rows.rows) {
    const auto [place, fresh] = index_.try_emplace(row.authority.code, rows_.size());
    if (fresh) {
      rows_.push_back(std::move(row));
    } else {
      merge(rows_[place->second], std::move(row));
    }
  }
  code_of_registry_.merge(rows.code_of_registry);
  register_codes_.insert(register_codes_.end(), rows.register_codes.begin(), rows.register_codes.end());
}

void AuthorityList::merge(AuthorityRow& into, AuthorityRow from) {
  fill(into.authority.parent, std::move(from.authority.parent));
  fill(into.authority.website, std::move(from.authority.website));
  fill(into.authority.phone, std::move(from.authority.phone));
  add_missing(into.authority.duties, std::move(from.authority.duties));
  add_missing(into.covers, std::move(from.covers));
  add_missing(into.formers, std::move(from.formers));
}

// Codes that a look-up table gives to an authority of the register, besides the one it has today.
void AuthorityList::take_register_codes() {
  for (auto& [gss, code] : register_codes_) {
    const auto today = code_of_registry_.find(code);
    if (today == code_of_registry_.end() || today->second == gss) continue;
    if (const auto row = index_.find(today->second); row != index_.end())
      add_missing(rows_[row->second].formers, {gss});
  }
}

void AuthorityList::finish() {
  take_register_codes();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const std::string& code : rows_[i].formers) {
      if (code != rows_[i].authority.code) former_index_.try_emplace(code, i);
    }
    for (const std::string& code : rows_[i].covers) covering_[code].push_back(i);
  }
  // An older list may still have an authority under a code that it had once: what only that list knows is not lost.
  for (const auto& [code, successor] : former_index_) {
    const auto older = index_.find(code);
    if (older == index_.end()) continue;
    const Authority& known = rows_[older->second].authority;
    if (known.tier == rows_[successor].authority.tier && known.name == rows_[successor].authority.name) {
      fill(rows_[successor].authority.website, known.website);
      fill(rows_[successor].authority.phone, known.phone);
    }
  }
}

const Authority* AuthorityList::find(std::string_view code) const {
  constexpr int kMostSteps = 8;  // of codes that refer to one another in a circle
  std::string at(code);
  for (int step = 0; step < kMostSteps; ++step) {
    const auto successor = former_index_.find(at);
    if (successor == former_index_.end()) break;
    at = rows_[successor->second].authority.code;
  }
  const auto found = index_.find(at);
  return found == index_.end() ? nullptr : &rows_[found->second].authority;
}

bool AuthorityList::is_former(std::string_view code) const {
  return former_index_.find(code) != former_index_.end() && find(code) != nullptr;
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
      if (rows_[body].authority.tier == tier) serving.push_back({rows_[body].authority, reason_of(tier)});
    }
  }
  return serving;
}

}  // namespace kiosk::areas
