// What can be booked together, where, and how many of it: the authority's rules, as its own pages keep them.
#include <algorithm>
#include <set>

#include "kiosk/promises/zms_master.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Result;
using Wanted = std::vector<BookingTarget::Also>;  // the main service first

constexpr int kLongestVisit = 24 * 60;  // minutes

Wanted wanted_of(const BookingTarget& target) {
  Wanted wanted{{target.service_id, target.count}};
  wanted.insert(wanted.end(), target.also.begin(), target.also.end());
  return wanted;
}

Wanted without(const Wanted& wanted, const std::string& service_id) {
  Wanted rest = wanted;
  std::erase_if(rest, [&](const BookingTarget::Also& each) { return each.service_id == service_id; });
  return rest;
}

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// One visit at one office, by each of the authority's rules.
class Visit {
 public:
  Visit(const Master& master, const MasterOffice& office, const Wanted& wanted)
      : master_(master), office_(office), wanted_(wanted) {}

  bool offers_all() const {
    return std::all_of(wanted_.begin(), wanted_.end(), [&](const auto& each) { return relation(each) != nullptr; });
  }
  bool may_combine() const {
    const std::vector<Combination>& allowed = master_.services.at(wanted_.front().service_id).combinations;
    return std::all_of(wanted_.begin() + 1, wanted_.end(), [&](const auto& each) {
      return std::any_of(allowed.begin(), allowed.end(), [&](const Combination& one) {
        return one.service_id == each.service_id && holds(one.office_ids, office_.office.id);
      });
    });
  }
  // Whether services that are disabled here stand in the way. At an office of a mix they do only where all are.
  bool is_open() const {
    const auto disabled = [&](const auto& each) { return holds(office_.disabled_services, each.service_id); };
    if (office_.allows_mix) return !std::all_of(wanted_.begin(), wanted_.end(), disabled);
    return std::none_of(wanted_.begin(), wanted_.end(), disabled);
  }
  bool fits() const {
    return slots() <= office_.most_slots && std::all_of(wanted_.begin(), wanted_.end(), [&](const auto& each) {
             return each.count <= relation(each)->most;
           });
  }
  int slots() const {
    int slots = 0;
    for (const auto& each : wanted_) slots += relation(each)->slots * each.count;
    return slots;
  }

 private:
  const Relation* relation(const BookingTarget::Also& each) const {
    return master_.relation(office_.office.id, each.service_id);
  }
  const Master& master_;
  const MasterOffice& office_;
  const Wanted& wanted_;
};

core::Error invalid(std::string why, const BookingTarget& target) {
  return make_error(ErrorKind::Invalid, std::move(why), target.backend + ":" + target.service_id);
}

core::Status check_wanted(const Master& master, const Wanted& wanted, const BookingTarget& target) {
  std::set<std::string> seen;
  for (const BookingTarget::Also& each : wanted) {
    const auto service = master.services.find(each.service_id);
    if (service == master.services.end()) {
      return make_error(ErrorKind::NotFound, "no such service", target.backend + ":" + each.service_id);
    }
    if (!seen.insert(each.service_id).second) return invalid("a service is named twice", target);
    if (each.count < 1) return invalid("less than one is asked for", target);
    if (each.count > service->second.most) {
      return invalid("at most " + std::to_string(service->second.most) + " of " + service->second.name +
                         " can be had in one visit",
                     target);
    }
  }
  return {};
}

// Among equal offices, the one that takes everything is spared for those services that the others don't take.
void spare_equals(std::vector<const MasterOffice*>& offices) {
  const auto is_spared = [&](const MasterOffice* office) {
    return office->disabled_services.empty() && std::any_of(offices.begin(), offices.end(), [&](const MasterOffice* o) {
             return o != office && !o->disabled_services.empty() && holds(o->mix_group, office->office.id);
           });
  };
  std::vector<const MasterOffice*> left;
  for (const MasterOffice* office : offices) {
    if (!is_spared(office)) left.push_back(office);
  }
  offices = std::move(left);
}

struct Found {
  std::vector<const MasterOffice*> offices;
  const char* why_none = "";  // the rule that left none over
};

Found offices_for(const Master& master, const Wanted& wanted) {
  Found found;
  bool together = false, combinable = false, open = false;
  for (const Relation& relation : master.relations) {
    const auto office = master.offices.find(relation.office_id);
    if (relation.service_id != wanted.front().service_id || office == master.offices.end()) continue;
    const Visit visit(master, office->second, wanted);
    if (!visit.offers_all()) continue;
    together = true;
    if (!visit.may_combine()) continue;
    combinable = true;
    if (!visit.is_open()) continue;
    open = true;
    if (visit.fits()) found.offices.push_back(&office->second);
  }
  found.why_none = !together     ? "no office has these services together"
                   : !combinable ? "these services can't be had in one visit"
                   : !open       ? "no office takes these services"
                                 : "they take more time than one visit may";
  spare_equals(found.offices);
  return found;
}

// How many of a service fit in the visit, at the office of these where it is most; 0: none.
int most_of(const Master& master, const std::vector<const MasterOffice*>& offices, const Wanted& wanted,
            const std::string& service_id) {
  const Wanted rest = without(wanted, service_id);
  int most = 0;
  for (const MasterOffice* office : offices) {
    const Relation* relation = master.relation(office->office.id, service_id);
    if (!relation) continue;
    const int room = (office->most_slots - Visit(master, *office, rest).slots()) / relation->slots;
    most = std::max(most, std::min({master.services.at(service_id).most, relation->most, room}));
  }
  return most;
}

std::vector<Offer::Addition> additions_to(const Master& master, const Wanted& wanted) {
  std::vector<Offer::Addition> additions;
  for (const Combination& each : master.services.at(wanted.front().service_id).combinations) {
    const auto service = master.services.find(each.service_id);
    if (service == master.services.end()) continue;
    Wanted with = without(wanted, each.service_id);
    with.push_back({each.service_id, 1});
    const int most = most_of(master, offices_for(master, with).offices, with, each.service_id);
    if (most > 0) additions.push_back({each.service_id, service->second.name, most});
  }
  return additions;
}

}  // namespace

Result<Offer> offer_of(const Master& master, const BookingTarget& target) {
  const Wanted wanted = wanted_of(target);
  KIOSK_CHECK(check_wanted(master, wanted, target));
  const Found found = offices_for(master, wanted);
  const bool plain = wanted.size() == 1 && wanted.front().count == 1;
  if (found.offices.empty() && !plain) return invalid(found.why_none, target);
  Offer offer{target, master.services.at(target.service_id).name, {}};
  for (const MasterOffice* office : found.offices) {
    offer.offices.push_back(office->office);
    const int slots = Visit(master, *office, wanted).slots();
    offer.offices.back().slot_minutes = std::min(office->slot_minutes * slots, kLongestVisit);
  }
  offer.most = std::max(most_of(master, found.offices, wanted, target.service_id), 1);
  offer.additions = additions_to(master, wanted);
  return offer;
}

}  // namespace kiosk::promises::zms
