// One turn of update(): the state being changed and the effects gathered. Private to visit/.
#pragma once

#include <utility>
#include <vector>

#include "kiosk/visit/effect.h"

namespace kiosk::visit {

struct Turn {
  State& state;
  std::vector<Effect>& effects;

  template <class E>
  void effect(E value) {
    effects.emplace_back(std::move(value));
  }

  // Marks `load` as asked for now and gives the ticket to ask with. Any answer to an earlier question is stale from
  // here.
  template <class T>
  std::uint64_t ask(Load<T>& load) {
    load.status = Load<T>::Status::Loading;
    load.ticket = state.next_ticket++;
    load.since = state.now;
    load.error.reset();
    return load.ticket;
  }
  // One more copy: gives the ticket to print it with.
  std::uint64_t print(Paper& paper) {
    paper.state = PrintState::Printing;
    paper.ticket = state.next_ticket++;
    paper.copies++;
    return paper.ticket;
  }
};

// Takes an answer into `load`; false where it was stale.
template <class T, class Answer>
bool take(Load<T>& load, Answer& answer) {
  if (!load.loading() || answer.ticket != load.ticket) return false;
  if (answer.result.ok()) {
    load.value = std::move(answer.result).value();
    load.status = Load<T>::Status::Ready;
  } else {
    load.error = answer.result.error().kind;
    load.status = Load<T>::Status::Failed;
  }
  return true;
}

// navigation.cpp
void go_to(Turn& turn, Page page);         // remembers the page that is left
void replace_page(Turn& turn, Page page);  // does not
void go_back(Turn& turn);                  // to the page before; leaving the booking abandons it
void step_back(Turn& turn);                // the same, and the booking stays as it is
void end_visit(Turn& turn);
void sorry(Turn& turn, SorryReason reason, std::string backend_name = {}, std::string phone = {},
           std::string hours = {});
bool is_booking_page(Page page);
bool is_report_page(Page page);

// finding.cpp
void search_now(Turn& turn);
void settle_search(Turn& turn);         // once nobody has typed for a while
void load_page(Turn& turn, Page page);  // asks for what a page needs when it is opened

// gaps.cpp
void count_gap(Turn& turn);  // where the settled search found nothing that fits

// booking.cpp
void abandon_booking(Turn& turn);  // gives an unconfirmed hold back and forgets what was typed
void leave_booking(Turn& turn);    // the same, and its pages are gone from the way that Back goes
void booking_back(Turn& turn);     // Back on a page of the booking
void expire_hold(Turn& turn);      // when the hold's time has run out
void submit_details(Turn& turn);
// While an outcome is not known and its page is shown: when it is to be asked for next, and the asking.
std::optional<core::Milliseconds> next_outcome_question(const State& state);
void ask_for_outcome(Turn& turn);

// reporting.cpp
void abandon_report(Turn& turn);  // forgets what was typed; what is on its way goes on
void leave_report(Turn& turn);    // the same, and its pages are gone from the way that Back goes
void report_back(Turn& turn);     // Back on a page of the report
void cancel_report_waiting(Turn& turn);

// reporting_questions.cpp
void submit_report(Turn& turn);  // Continue, or Enter on the keyboard

// reporting_send.cpp
// While what became of it may change and its page is shown: when it is to be asked for next, and the asking.
std::optional<core::Milliseconds> next_report_question(const State& state);
void ask_for_report(Turn& turn);

// manage.cpp
void begin_managing(Turn& turn);  // asks for the code
void submit_code(Turn& turn);

// validation.cpp
std::string fault_of(Field field, const std::string& text, bool required);                // word key, "" good
std::string fault_of(const promises::ReportQuestion& question, const std::string& text);  // of a typed answer

// What each event does.
#define KIOSK_VISIT_EVENT(Type) void apply(Turn& turn, Type& event);
KIOSK_VISIT_EVENT(Touched)
KIOSK_VISIT_EVENT(Back)
KIOSK_VISIT_EVENT(StartAgain)
KIOSK_VISIT_EVENT(Finish)
KIOSK_VISIT_EVENT(LeaveNow)
KIOSK_VISIT_EVENT(OpenHelp)
KIOSK_VISIT_EVENT(OpenLanguages)
KIOSK_VISIT_EVENT(CloseOverlay)
KIOSK_VISIT_EVENT(StillHere)
KIOSK_VISIT_EVENT(ChooseLanguage)
KIOSK_VISIT_EVENT(CycleTextSize)
KIOSK_VISIT_EVENT(CycleTheme)
KIOSK_VISIT_EVENT(ToggleLowReach)
KIOSK_VISIT_EVENT(ToggleSound)
KIOSK_VISIT_EVENT(GoTo)
KIOSK_VISIT_EVENT(FocusField)
KIOSK_VISIT_EVENT(CloseKeyboard)
KIOSK_VISIT_EVENT(EditField)
KIOSK_VISIT_EVENT(ClearField)
KIOSK_VISIT_EVENT(SubmitField)
KIOSK_VISIT_EVENT(ChooseSuggestion)
KIOSK_VISIT_EVENT(ToggleFilter)
KIOSK_VISIT_EVENT(OpenTopic)
KIOSK_VISIT_EVENT(OpenService)
KIOSK_VISIT_EVENT(OpenPlace)
KIOSK_VISIT_EVENT(ChooseAlternative)
KIOSK_VISIT_EVENT(ForgetAddress)
KIOSK_VISIT_EVENT(StartBooking)
KIOSK_VISIT_EVENT(ChooseOffice)
KIOSK_VISIT_EVENT(ShowMonth)
KIOSK_VISIT_EVENT(ChooseDay)
KIOSK_VISIT_EVENT(ChooseSlot)
KIOSK_VISIT_EVENT(ContinueDetails)
KIOSK_VISIT_EVENT(ChangeAnswer)
KIOSK_VISIT_EVENT(ChangeTime)
KIOSK_VISIT_EVENT(ChangeOffice)
KIOSK_VISIT_EVENT(ChangeServices)
KIOSK_VISIT_EVENT(ChooseServiceCount)
KIOSK_VISIT_EVENT(ContinueServices)
KIOSK_VISIT_EVENT(ConfirmBooking)
KIOSK_VISIT_EVENT(StartReport)
KIOSK_VISIT_EVENT(AskCallBack)
KIOSK_VISIT_EVENT(ChooseReportWay)
KIOSK_VISIT_EVENT(ReportAtMyAddress)
KIOSK_VISIT_EVENT(ContinueReport)
KIOSK_VISIT_EVENT(ChooseReportAnswer)
KIOSK_VISIT_EVENT(ChooseReportContact)
KIOSK_VISIT_EVENT(ShowReportMonth)
KIOSK_VISIT_EVENT(ChooseReportDay)
KIOSK_VISIT_EVENT(ChooseReportTime)
KIOSK_VISIT_EVENT(ReportAllTheSame)
KIOSK_VISIT_EVENT(ChangeReportPlace)
KIOSK_VISIT_EVENT(ChangeReportAnswer)
KIOSK_VISIT_EVENT(SendTheReport)
KIOSK_VISIT_EVENT(ChangeReport)
KIOSK_VISIT_EVENT(PrintReceipt)
KIOSK_VISIT_EVENT(ShowLargeQr)
KIOSK_VISIT_EVENT(ReadAloud)
KIOSK_VISIT_EVENT(PrintServicePage)
KIOSK_VISIT_EVENT(OpenManage)
KIOSK_VISIT_EVENT(Scanned)
KIOSK_VISIT_EVENT(MoveAppointment)
KIOSK_VISIT_EVENT(AskToCancel)
KIOSK_VISIT_EVENT(CancelAppointment)
KIOSK_VISIT_EVENT(PrintManaged)
KIOSK_VISIT_EVENT(TryAgain)
KIOSK_VISIT_EVENT(CancelWaiting)
KIOSK_VISIT_EVENT(Tick)
KIOSK_VISIT_EVENT(SearchLoaded)
KIOSK_VISIT_EVENT(TopicsLoaded)
KIOSK_VISIT_EVENT(TopicServicesLoaded)
KIOSK_VISIT_EVENT(ServiceLoaded)
KIOSK_VISIT_EVENT(AreaLoaded)
KIOSK_VISIT_EVENT(PlacesLoaded)
KIOSK_VISIT_EVENT(OfferLoaded)
KIOSK_VISIT_EVENT(CalendarLoaded)
KIOSK_VISIT_EVENT(ProofProgressed)
KIOSK_VISIT_EVENT(HoldDone)
KIOSK_VISIT_EVENT(ConfirmDone)
KIOSK_VISIT_EVENT(OutcomeLoaded)
KIOSK_VISIT_EVENT(ReportFormLoaded)
KIOSK_VISIT_EVENT(ReportAreaLoaded)
KIOSK_VISIT_EVENT(NearReportsLoaded)
KIOSK_VISIT_EVENT(ReportSent)
KIOSK_VISIT_EVENT(ReportOutcomeLoaded)
KIOSK_VISIT_EVENT(FoundByCode)
KIOSK_VISIT_EVENT(BookedServiceLoaded)
KIOSK_VISIT_EVENT(CancelDone)
KIOSK_VISIT_EVENT(PrintDone)
KIOSK_VISIT_EVENT(DirectoryChanged)
KIOSK_VISIT_EVENT(PrinterChanged)
KIOSK_VISIT_EVENT(JournalChanged)
#undef KIOSK_VISIT_EVENT

}  // namespace kiosk::visit
