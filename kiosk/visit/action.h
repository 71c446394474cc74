// Everything that can happen to a visit: what a resident does, and what comes back from the background.
#pragma once

#include <string>
#include <variant>

#include "kiosk/core/one_of.h"
#include "kiosk/visit/state.h"

namespace kiosk::visit {

// --- by the resident -------------------------------------------------------------------------------------------
struct Touched {};  // any input at all; also begins a visit
struct Back {};
struct StartAgain {};  // ends this visit and begins anew
struct Finish {};      // ends the visit
struct LeaveNow {};    // "Leave this page now": wipes at once
struct OpenHelp {};
struct OpenLanguages {};
struct CloseOverlay {};
struct StillHere {};
struct ChooseLanguage {
  std::string language;
};
struct CycleTextSize {};
struct CycleTheme {};
struct ToggleLowReach {};
struct ToggleSound {};
struct GoTo {
  Page page;
};  // Search, Topics, Area, Places
struct FocusField {
  Field field;
};
struct CloseKeyboard {};
struct EditField {
  Field field;
  core::SecretText text;
};
struct ClearField {
  Field field;
};
struct SubmitField {
  Field field;
};  // Enter on the keyboard, or Continue
struct ChooseSuggestion {
  std::string text;
};
struct ToggleFilter {
  search::Filter filter;
};
struct OpenTopic {
  std::string id, name;
};
struct OpenService {
  directory::RecordKey key;
};
struct OpenPlace {
  std::string id;
};
struct ChooseAlternative {
  std::size_t index;
};  // which street, on a boundary
struct ForgetAddress {};
struct StartBooking {};  // from the service page
struct ChooseOffice {
  std::string office_id;
};
struct ShowMonth {
  int delta;
};  // -1, +1
struct ChooseDay {
  core::Date day;
};
struct ChooseSlot {
  promises::Slot slot;
};
struct ContinueDetails {};  // validates the question shown
struct ChangeAnswer {
  Field field;
};  // from the check page
struct ChangeTime {};
struct ChangeOffice {};
struct ChangeServices {};  // from the office or check page: what the visit is for
struct ChooseServiceCount {
  std::string service_id;
  int count = 0;  // 0: not in this visit; of the service that the booking began with at least 1
};
struct ContinueServices {};
struct ConfirmBooking {};
struct StartReport {};  // from the service page
struct AskCallBack {};  // from a page that says that booking is not possible now
struct ChooseReportWay {
  ReportWay way;
};
struct ReportAtMyAddress {};  // near the postcode that this visit knows already
struct ContinueReport {};     // validates what is shown: a postcode, a place, a question; or goes on past what is known
struct ChooseReportAnswer {
  std::size_t index;
};  // of the question shown: chosen, or where it was, not any more
struct ChooseReportContact {
  bool wanted;
};
struct ShowReportMonth {
  int delta;
};  // -1, +1
struct ChooseReportDay {
  core::Date day;
};
struct ChooseReportTime {
  std::optional<std::chrono::minutes> after_midnight;
};                            // nullopt: not known
struct ReportAllTheSame {};   // although another body serves the place
struct ChangeReportPlace {};  // from the check page
struct ChangeReportAnswer {
  std::size_t step;
};
struct SendTheReport {};
struct ChangeReport {};  // after a refusal: back to the check page
struct PrintReceipt {
  bool large = false;
};
struct ShowLargeQr {};
struct ReadAloud {};  // the whole page, whether sound is on or not
struct PrintServicePage {};
struct OpenManage {};  // an appointment that is there already
struct Scanned {
  core::SecretText text;  // what a scanner read: anything
};
struct MoveAppointment {};
struct AskToCancel {};
struct CancelAppointment {};
struct PrintManaged {
  bool large = false;
};
struct TryAgain {};       // on a sorry page
struct CancelWaiting {};  // on a progress page

// --- from the background ---------------------------------------------------------------------------------------
struct Tick {};
template <class T>
struct Loaded {  // the answer to an effect with the same ticket
  std::uint64_t ticket = 0;
  core::Result<T> result;
};
using SearchLoaded = Loaded<SearchResults>;
using TopicsLoaded = Loaded<std::vector<Topic>>;
using TopicServicesLoaded = Loaded<std::vector<ServiceCard>>;
struct ServicePage {
  ServiceView view;
  core::Bitmap1 qr;
};
using ServiceLoaded = Loaded<ServicePage>;
using AreaLoaded = Loaded<areas::Answer>;
using PlacesLoaded = Loaded<std::vector<PlaceCard>>;
using OfferLoaded = Loaded<promises::Offer>;
using CalendarLoaded = Loaded<promises::Calendar>;
// The booking system has the kiosk do some work before it answers (a captcha): times and holds wait for it.
struct ProofProgressed {
  std::string system;  // id of its [[bookings]] entry
  double share = 0;    // 0 .. 1
};
struct HoldDone {
  std::uint64_t ticket = 0;
  core::Result<promises::Booking> result;
};
struct Confirmation {
  promises::Booking booking;
  core::Bitmap1 qr;
  bool old_stands = false;  // it replaces one that could not be cancelled yet
};
using ConfirmDone = Loaded<Confirmation>;
struct OutcomeLoaded {  // of a booking whose outcome was not known
  std::uint64_t ticket = 0;
  core::Result<Confirmation> result;
};
struct ReportFormLoaded {
  std::uint64_t ticket = 0;
  core::Result<promises::ReportForm> result;
};
struct ReportAreaLoaded {
  std::uint64_t ticket = 0;
  core::Result<areas::Answer> result;
};
struct NearReportsLoaded {
  std::uint64_t ticket = 0;
  core::Result<std::vector<promises::RemoteReport>> result;
};
struct ReportStanding {
  promises::Report report;
  core::Bitmap1 qr;
};
// Error Invalid: the back end refuses the content, its words for the resident in `what`. Cancelled: nothing was sent.
struct ReportSent {
  std::uint64_t ticket = 0;
  core::Result<ReportStanding> result;
};
struct ReportOutcomeLoaded {
  std::uint64_t ticket = 0;
  core::Result<ReportStanding> result;
};
using Found = std::variant<promises::Managed, ReportStanding>;
struct FoundByCode {
  std::uint64_t ticket = 0;
  core::Result<Found> result;
};
// The record of the directory that leads to what was booked. NotFound: none does any more.
using BookedServiceLoaded = Loaded<directory::Service>;
using CancelDone = Loaded<promises::Booking>;
struct PrintDone {
  std::uint64_t ticket = 0;
  PrintState outcome = PrintState::Unknown;
};
struct DirectoryChanged {
  bool empty = false;
  std::optional<core::Instant> checked;
};
struct PrinterChanged {
  bool ready = false;
};
struct JournalChanged {
  bool available = false;
};

using Event =
    core::OneOf<Touched, Back, StartAgain, Finish, LeaveNow, OpenHelp, OpenLanguages, CloseOverlay, StillHere,
                ChooseLanguage, CycleTextSize, CycleTheme, ToggleLowReach, ToggleSound, GoTo, FocusField, CloseKeyboard,
                EditField, ClearField, SubmitField, ChooseSuggestion, ToggleFilter, OpenTopic, OpenService, OpenPlace,
                ChooseAlternative, ForgetAddress, StartBooking, ChooseOffice, ShowMonth, ChooseDay, ChooseSlot,
                ContinueDetails, ChangeAnswer, ChangeTime, ChangeOffice, ChangeServices, ChooseServiceCount,
                ContinueServices, ConfirmBooking, StartReport, AskCallBack, ChooseReportWay, ReportAtMyAddress,
                ContinueReport, ChooseReportAnswer, ChooseReportContact, ShowReportMonth, ChooseReportDay,
                ChooseReportTime, ReportAllTheSame, ChangeReportPlace, ChangeReportAnswer, SendTheReport, ChangeReport,
                PrintReceipt, ShowLargeQr, ReadAloud, PrintServicePage, OpenManage, Scanned, MoveAppointment,
                AskToCancel, CancelAppointment, PrintManaged, TryAgain, CancelWaiting, Tick, SearchLoaded, TopicsLoaded,
                TopicServicesLoaded, ServiceLoaded, AreaLoaded, PlacesLoaded, OfferLoaded, CalendarLoaded,
                ProofProgressed, HoldDone, ConfirmDone, OutcomeLoaded, ReportFormLoaded, ReportAreaLoaded,
                NearReportsLoaded, ReportSent, ReportOutcomeLoaded, FoundByCode, BookedServiceLoaded, CancelDone,
                PrintDone, DirectoryChanged, PrinterChanged, JournalChanged>;

// When it happened is part of it, so that update() needs no clock.
struct Action {
  Event event;
  core::Milliseconds now{};  // monotonic
  core::Instant wall{};
};

}  // namespace kiosk::visit
