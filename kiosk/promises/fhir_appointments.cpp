// Appointments: made once, found again by the identifier that we gave them, cancelled.
#include <algorithm>

#include "kiosk/core/log.h"
#include "kiosk/net/url.h"
#include "kiosk/promises/fhir.h"

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Result;
using core::Status;
using fhir::SlotRecord;
using fhir::Standing;
using fhir::WipedJson;
using work::CancelToken;

namespace {

constexpr std::size_t kMostOfOne = 50;          // appointments with one identifier
constexpr std::chrono::minutes kLateEffect{2};  // after which a request that was not answered is over

std::string search_token(const std::string& identifier) { return std::string(fhir::kUriSystem) + "|" + identifier; }

// "It has changed meanwhile" must not be taken for "there is none": it is there, and wants another try.
Status still_there(Status status) {
  if (status.ok() || status.error().kind != ErrorKind::NotFound) return status;
  return make_error(ErrorKind::Interrupted, status.error().what, status.error().where);
}

// Of what is asked once an appointment may be in their books: that this question was not heard, or was put wrongly,
// must not be taken for "nothing is booked".
template <class T>
Result<T> after_effect(Result<T> result) {
  if (result.ok()) return result;
  core::Error error = std::move(result).error();
  const bool says_nothing_booked =
      error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::RateLimited || error.kind == ErrorKind::Invalid;
  if (says_nothing_booked) error.kind = ErrorKind::Interrupted;
  return error;
}

}  // namespace

Result<std::vector<FhirBackend::Entry>> FhirBackend::find_all(const std::string& identifier,
                                                              const CancelToken& cancel) {
  std::vector<Entry> entries;
  const Take take = [&](const fhir::Page& page) -> Result<bool> {
    for (const core::Json* json : page.of("Appointment")) {
      if (!fhir::carries(*json, identifier)) continue;  // what a server finds that ignores the parameter
      KIOSK_TRY(fhir::Appointment appointment, fhir::parse_appointment(*json));
      if (entries.size() < kMostOfOne) entries.push_back({std::move(appointment), WipedJson(*json)});
    }
    return true;
  };
  const Parameters query = {{"identifier", search_token(identifier)}};
  KIOSK_TRY(const bool complete, search("Appointment", query, cancel, take));
  if (!complete && entries.empty()) {
    return make_error(ErrorKind::Unsupported, "the system does not search by identifier", options_.id);
  }
  return entries;
}

Result<std::optional<FhirBackend::Entry>> FhirBackend::keep_one(std::vector<Entry> entries, const CancelToken& cancel) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return fhir::is_kept_before(a.appointment, b.appointment); });
  for (std::size_t i = 1; i < entries.size(); i++) {
    if (entries[i].appointment.standing == Standing::Gone) continue;
    core::log_warning("promises.fhir_doubled", {{"back_end", options_.id}, {"id", entries[i].appointment.id}});
    KIOSK_CHECK(after_effect(still_there(set_cancelled(entries[i], cancel))));
  }
  if (entries.empty()) return std::optional<Entry>();
  return std::optional<Entry>(std::move(entries.front()));
}

Result<std::optional<FhirBackend::Entry>> FhirBackend::find(const std::string& identifier, const CancelToken& cancel) {
  KIOSK_TRY(std::vector<Entry> entries, find_all(identifier, cancel));
  return keep_one(std::move(entries), cancel);
}

Status FhirBackend::set_cancelled(const Entry& entry, const CancelToken& cancel) {
  const fhir::Appointment& appointment = entry.appointment;
  KIOSK_TRY(const Reply reply, put("Appointment/" + appointment.id, appointment.version,
                                   fhir::with_status(entry.resource.json, "cancelled"), cancel));
  const Result<fhir::Appointment> after = fhir::parse_appointment(reply.body.json);
  if (!after.ok() || after->standing != Standing::Gone) {
    return make_error(ErrorKind::Unsupported, "answer does not say that it is cancelled", options_.id);
  }
  return {};
}

// Makes sure that the slot is free or ours.
Result<SlotRecord> FhirBackend::claim(const Booking& booking, const Handle& handle, const CancelToken& cancel) {
  if (!fhir::is_id(booking.slot.id)) return make_error(ErrorKind::Refused, "the slot has no id", options_.id);
  KIOSK_TRY(const WipedJson json, get_resource("Slot", booking.slot.id, cancel));
  KIOSK_TRY(SlotRecord slot, fhir::parse_slot(json.json));
  const bool ours = fhir::carries(json.json, handle.process_id);
  if (slot.start != booking.slot.start || !(slot.free || ours)) {
    return make_error(ErrorKind::NotFound, "somebody has this time already", options_.id);
  }
  if (options_.slot_keeper == SlotKeeper::Server || ours) return slot;
  if (slot.version.empty()) {
    return make_error(ErrorKind::Refused, "slots without versions can't be claimed", options_.id);
  }
  KIOSK_TRY([[maybe_unused]] const Reply reply,
            put("Slot/" + slot.id, slot.version, fhir::claimed_slot(json.json, handle.process_id), cancel));
  return slot;
}

// NotFound: no slot was claimed.
Status FhirBackend::unclaim(const std::string& identifier, const CancelToken& cancel) {
  const auto none = [&] { return make_error(ErrorKind::NotFound, "there is none any more", options_.id); };
  if (options_.slot_keeper == SlotKeeper::Server) return none();
  std::vector<WipedJson> slots;
  const Take take = [&](const fhir::Page& page) -> Result<bool> {
    for (const core::Json* json : page.of("Slot")) {
      if (fhir::carries(*json, identifier) && slots.size() < kMostOfOne) slots.emplace_back(*json);
    }
    return true;
  };
  const Parameters query = {{"identifier", search_token(identifier)}};
  KIOSK_TRY([[maybe_unused]] const bool complete, search("Slot", query, cancel, take));
  if (slots.empty()) return none();
  for (const WipedJson& json : slots) {
    KIOSK_TRY(const SlotRecord slot, fhir::parse_slot(json.json));
    const Result<Reply> reply = put("Slot/" + slot.id, slot.version, fhir::freed_slot(json.json, identifier), cancel);
    KIOSK_CHECK(still_there(reply.ok() ? Status() : Status(reply.error())));
  }
  return {};
}

Result<FhirBackend::Entry> FhirBackend::created_of(Reply reply, const std::string& identifier,
                                                   const CancelToken& cancel) {
  Result<fhir::Appointment> appointment = fhir::parse_appointment(reply.body.json);
  if (appointment.ok() && fhir::carries(reply.body.json, identifier)) {
    return Entry{std::move(*appointment), std::move(reply.body)};
  }
  KIOSK_TRY(std::optional<Entry> found, find(identifier, cancel));
  if (found) return std::move(*found);
  if (!appointment.ok() || reply.status != 201) {
    return make_error(ErrorKind::Unsupported, "answer holds no appointment of ours", options_.id);
  }
  // What can't be found again can't be promised.
  KIOSK_CHECK(set_cancelled({std::move(*appointment), std::move(reply.body)}, cancel));
  return make_error(ErrorKind::Refused, "the system does not keep the identifier of an appointment", options_.id);
}

Result<FhirBackend::Entry> FhirBackend::create(const Booking& booking, const SlotRecord& slot, const Handle& handle,
                                               const Details& details, const CancelToken& cancel) {
  const std::string& identifier = handle.process_id;
  net::Request request;
  request.method = net::Method::Post;
  request.url = net::build_url(options_.base_url, "Appointment");
  request.headers.set("If-None-Exist", "identifier=" + net::url_encode(search_token(identifier)));
  request.body = fhir::appointment_body({identifier, booking.service_name, slot.id, booking.slot.office_id,
                                         booking.target.service_id, slot.start, slot.end, clock_.now()},
                                        details);
  int refused_with = 0;
  Result<Reply> reply = exchange(std::move(request), cancel, &refused_with);
  if (reply.ok()) return after_effect(created_of(std::move(*reply), identifier, cancel));
  if (refused_with != 412) {
    const ErrorKind kind = reply.error().kind;
    const bool definite = kind == ErrorKind::Invalid || kind == ErrorKind::NotFound || kind == ErrorKind::Refused ||
                          kind == ErrorKind::RateLimited || kind == ErrorKind::Unavailable;
    if (!definite) note_unanswered(identifier);
    return std::move(reply).error();
  }
  KIOSK_TRY(std::optional<Entry> found, after_effect(find(identifier, cancel)));  // one of ours is there, they say
  if (found) return std::move(*found);
  return make_error(ErrorKind::Unsupported, "the system takes another appointment for ours", options_.id);
}

void FhirBackend::note_unanswered(const std::string& identifier) {
  std::erase_if(unanswered_, [&](const auto& entry) { return !may_arrive_yet(entry.first); });
  unanswered_[identifier] = clock_.monotonic();
}

// What another run of the program reserved, that one may have sent just before it ended, or be sending now.
bool FhirBackend::may_arrive_yet(const std::string& identifier) const {
  const auto found = unanswered_.find(identifier);
  if (found == unanswered_.end() && own_.contains(identifier)) return false;
  const core::Milliseconds since = found == unanswered_.end() ? began_ : found->second;
  return clock_.monotonic() - since < kLateEffect;
}

// Of a confirmation that is sent again.
Result<RemoteBooking> FhirBackend::found_before(Entry& entry, const CancelToken& cancel) {
  switch (entry.appointment.standing) {
    case Standing::Booked:
      return std::move(entry.appointment.remote);
    case Standing::Requested:
      KIOSK_CHECK(after_effect(set_cancelled(entry, cancel)));
      return make_error(ErrorKind::Refused, "the system takes requests, not bookings", options_.id);
    case Standing::Gone:
      break;
  }
  return make_error(ErrorKind::NotFound, "it was cancelled there", options_.id);
}

Result<RemoteBooking> FhirBackend::confirm(const Booking& booking, const Handle& handle, const Details& details,
                                           CancelToken cancel) {
  KIOSK_TRY(std::optional<Entry> before, find(handle.process_id, cancel));
  if (before) return found_before(*before, cancel);
  KIOSK_TRY(const SlotRecord slot, claim(booking, handle, cancel));
  KIOSK_TRY(Entry made, create(booking, slot, handle, details, cancel));
  // A request may have been doubled on its way. Where the books can't be seen now, the answer stands.
  if (Result<std::vector<Entry>> all = find_all(handle.process_id, cancel); all.ok()) {
    KIOSK_TRY(std::optional<Entry> kept, keep_one(std::move(*all), cancel));
    if (kept) made = std::move(*kept);
  }
  switch (made.appointment.standing) {
    case Standing::Booked:
      own_.erase(handle.process_id);
      return std::move(made.appointment.remote);
    case Standing::Requested:
      return make_error(ErrorKind::Unsupported, made.appointment.status + ": it is not booked yet", options_.id);
    case Standing::Gone:
      break;
  }
  return make_error(ErrorKind::NotFound, "it was cancelled there", options_.id);
}

Result<RemoteBooking> FhirBackend::read(const Booking& booking, const Handle& handle, CancelToken cancel) {
  KIOSK_TRY(std::optional<Entry> found, find(handle.process_id, cancel));
  if (found) return std::move(found->appointment.remote);
  if (!fhir::is_id(booking.slot.id)) return make_error(ErrorKind::Invalid, "the slot has no id", options_.id);
  RemoteBooking remote;
  remote.slot = booking.slot;
  const Result<WipedJson> json = get_resource("Slot", booking.slot.id, cancel);
  if (!json.ok() && json.error().kind != ErrorKind::NotFound) return json.error();
  if (json.ok()) {
    KIOSK_TRY(const SlotRecord slot, fhir::parse_slot(json->json));
    if (slot.free || fhir::carries(json->json, handle.process_id)) {
      remote.state = RemoteState::Reserved;
      return remote;
    }
  }
  // It may be our appointment that took the slot, just between the two looks.
  KIOSK_TRY(found, find(handle.process_id, cancel));
  if (found) return std::move(found->appointment.remote);
  return remote;
}

Status FhirBackend::cancel(const Handle& handle, CancelToken cancel) {
  const Status done = give_back(handle, cancel);
  if (done.ok() || done.error().kind == ErrorKind::NotFound) own_.erase(handle.process_id);
  return done;
}

Status FhirBackend::give_back(const Handle& handle, const CancelToken& cancel) {
  for (int i = 0; i < 2; i++) {
    KIOSK_TRY(const std::optional<Entry> found, find(handle.process_id, cancel));
    if (!found && may_arrive_yet(handle.process_id)) {
      return make_error(ErrorKind::Interrupted, "the request for it may be under way still", options_.id);
    }
    if (!found || found->appointment.standing == Standing::Gone) return unclaim(handle.process_id, cancel);
    if (found->appointment.remote.slot.start <= clock_.now()) {
      return make_error(ErrorKind::Refused, "it has begun", options_.id);
    }
    const Status cancelled = set_cancelled(*found, cancel);
    if (!cancelled.ok() && cancelled.error().kind == ErrorKind::NotFound) continue;  // changed meanwhile: look again
    KIOSK_CHECK(cancelled);
    const Status freed = unclaim(handle.process_id, cancel);
    return freed.ok() || freed.error().kind == ErrorKind::NotFound ? Status() : freed;
  }
  return make_error(ErrorKind::Interrupted, "it keeps changing there", options_.id);
}

}  // namespace kiosk::promises
