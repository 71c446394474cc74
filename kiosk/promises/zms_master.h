// The offices and services of a ZMS citizen API, and the rules of what can be booked together. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "kiosk/promises/booking.h"

namespace kiosk::promises::zms {

inline constexpr int kMostOfOneService = 25;  // serviceCounts of the API

struct Relation {
  std::string office_id, service_id;
  int slots = 1;                 // for one unit
  int most = kMostOfOneService;  // units in one visit, as this office has it
};

struct MasterOffice {
  Office office;
  int slot_minutes = 0;  // of one slot
  int most_slots = 25;   // in one visit
  bool captcha = false;
  std::vector<std::string> disabled_services;  // not to be booked here
  // disabled_services hold only where nothing else is wanted: with another service, they can be had here too.
  bool allows_mix = false;
  std::vector<std::string> mix_group;  // equal offices, this one among them; may be empty
};

// A service that may be added to another, at these offices.
struct Combination {
  std::string service_id;
  std::vector<std::string> office_ids;
};

struct MasterService {
  std::string name;
  int most = 1;                           // units in one visit
  std::vector<Combination> combinations;  // in the authority's order
};

// GET /offices-and-services/. Entries without an id are left out.
struct Master {
  std::map<std::string, MasterService> services;
  std::map<std::string, MasterOffice> offices;
  std::vector<Relation> relations;  // public ones, in the authority's order; of one office and service the first
  std::map<std::pair<std::string, std::string>, std::size_t> relation_of;  // by service and office

  // nullptr: the office doesn't offer the service.
  const Relation* relation(const std::string& office_id, const std::string& service_id) const;
};
core::Result<Master> parse_master(const core::Json& json);

// The offices that offer all of the target's services together, and what may be added. NotFound: no such service.
// Invalid: they can't be had together, or not so many of them; `what` says why, in plain English.
core::Result<Offer> offer_of(const Master& master, const BookingTarget& target);

}  // namespace kiosk::promises::zms
