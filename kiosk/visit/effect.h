// What update() wants done in the background. app/ runs each and answers with the action named.
#pragma once

#include "kiosk/core/one_of.h"
#include "kiosk/visit/action.h"

namespace kiosk::visit {

struct RunSearch {
  std::uint64_t ticket;
  search::Query query;
  Whereabouts whereabouts;
};  // SearchLoaded; latest only
struct LoadTopics {
  std::uint64_t ticket;
};  // TopicsLoaded
struct LoadTopic {
  std::uint64_t ticket;
  std::string id;
  Whereabouts whereabouts;
};  // TopicServicesLoaded
struct LoadService {
  std::uint64_t ticket;
  directory::RecordKey key;
  Whereabouts whereabouts;
};  // ServiceLoaded
struct FindArea {
  std::uint64_t ticket;
  core::SecretText postcode;
};  // AreaLoaded
struct LoadPlaces {
  std::uint64_t ticket;
  Whereabouts whereabouts;
};  // PlacesLoaded
struct LoadOffer {
  std::uint64_t ticket;
  promises::BookingTarget target;
};                     // OfferLoaded
struct LoadCalendar {  // CalendarLoaded
  std::uint64_t ticket;
  promises::BookingTarget target;
  std::string office_id;
  core::Date first, last;
};
struct HoldSlot {
  std::uint64_t ticket;
  promises::Offer offer;
  promises::Slot slot;
  std::string replaces;    // id of the booking that is being moved; ""
  std::string record;      // as promises::Booking::record
};                         // HoldDone
struct SendConfirmation {  // ConfirmDone
  std::uint64_t ticket;
  std::string booking_id;
  promises::Details details;
  std::string language;
};
struct FindOutcome {  // OutcomeLoaded
  std::uint64_t ticket;
  std::string booking_id;
};
struct ReleaseHold {
  std::string booking_id;
};  // no answer; recovery takes over
struct FindByCode {
  std::uint64_t ticket;
  core::SecretText code;
};                          // FoundByCode
struct LoadBookedService {  // BookedServiceLoaded
  std::uint64_t ticket;
  promises::Booking booking;
};
struct CancelBooking {
  std::uint64_t ticket;
  std::string booking_id;
};                       // CancelDone
struct LoadReportForm {  // ReportFormLoaded
  std::uint64_t ticket;
  promises::ReportTarget target;
};
struct FindReportArea {  // ReportAreaLoaded
  std::uint64_t ticket;
  core::SecretText postcode;
};
struct LoadNearReports {  // NearReportsLoaded
  std::uint64_t ticket;
  promises::ReportTarget target;
  core::GeoPoint point;
  double metres;
};
struct SendReport {  // ReportSent; goes on when the visit ends
  std::uint64_t ticket;
  promises::ReportForm form;
  promises::ReportContent content;
};
struct CancelSending {};    // SendReport's answer comes all the same: what may have left is not called back
struct FindReportOutcome {  // ReportOutcomeLoaded
  std::uint64_t ticket;
  std::string report_id;
};
struct CancelRequests {};  // whatever is under way for this visit
struct PrintBooking {      // PrintDone
  std::uint64_t ticket;
  promises::Booking booking;
  directory::Service service;  // what it is for: what to bring; empty where it isn't known
  std::string language;
  bool large;
  int copy;  // 1 = the first
};
struct PrintReport {  // PrintDone
  std::uint64_t ticket;
  promises::Report report;
  directory::Service service;  // whose page it began on
  std::string language;
  bool large;
  int copy;  // 1 = the first
};
struct PrintService {  // PrintDone
  std::uint64_t ticket;
  ServiceView view;
  std::string language;
};
struct PrintSorry {  // PrintDone: what happened, and whom to call
  std::uint64_t ticket;
  Sorry sorry;
  ServiceView view;
  std::string language;
};
// A search has settled that found nothing, or nothing that fits: for the gap report. No answer. The words that were
// typed are no part of it.
struct CountGap {
  enum class Kind { Nothing, Weak };
  Kind kind = Kind::Nothing;
  std::string language;            // of the screen
  std::vector<std::string> needs;  // concepts that the words were understood as, by id; empty: not understood
  std::string authority;           // code of the council of the address; "" where no address is known, or two may be
};
struct ReadPage {};  // no answer: what the page says, aloud
struct Wipe {};      // the visit is over: caches, clipboards, glyph caches of personal text

using Effect =
    core::OneOf<RunSearch, LoadTopics, LoadTopic, LoadService, FindArea, LoadPlaces, LoadOffer, LoadCalendar, HoldSlot,
                SendConfirmation, FindOutcome, ReleaseHold, LoadReportForm, FindReportArea, LoadNearReports, SendReport,
                CancelSending, FindReportOutcome, FindByCode, LoadBookedService, CancelBooking, CancelRequests,
                PrintBooking, PrintReport, PrintService, PrintSorry, CountGap, ReadPage, Wipe>;

}  // namespace kiosk::visit
