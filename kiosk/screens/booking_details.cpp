// Who comes: one question a page; then everything once more before it is sent.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

using visit::Field;

const promises::Office* office_of(const visit::BookingFlow& flow) {
  for (const promises::Office& office : flow.offer.value.offices) {
    if (office.id == flow.office_id) return &office;
  }
  return nullptr;
}

// The office's own words for its own questions; ours for the rest.
std::string question_words(const Frame& frame, Field field) {
  const promises::Office* office = office_of(frame.state.booking);
  switch (field) {
    case Field::Email:
      return frame.word("details.email");
    case Field::Telephone:
      return frame.word("details.telephone");
    case Field::Custom:
      return office && !office->form.custom.label.empty() ? office->form.custom.label : frame.word("details.custom");
    case Field::Custom2:
      return office && !office->form.custom2.label.empty() ? office->form.custom2.label : frame.word("details.custom");
    default:
      return frame.word("details.name");
  }
}

bool is_optional(const Frame& frame, Field field) {
  const promises::Office* office = office_of(frame.state.booking);
  if (!office) return false;
  switch (field) {
    case Field::Email:
      return office->form.email == promises::Need::Optional;
    case Field::Telephone:
      return office->form.telephone == promises::Need::Optional;
    case Field::Custom:
      return office->form.custom.need == promises::Need::Optional;
    case Field::Custom2:
      return office->form.custom2.need == promises::Need::Optional;
    default:
      return false;
  }
}

std::string hint_words(const Frame& frame, Field field) {
  if (is_optional(frame, field)) return frame.word("details.optional");
  if (field == Field::Email) return frame.word("details.email_hint");
  if (field == Field::Telephone) return frame.word("details.telephone_hint");
  return field == Field::Name ? frame.word("details.name_hint") : "";
}

// The hold's clock, in whole minutes: "We are keeping this time for you for 14 more minutes". `title` may be empty.
void draw_hold(const Frame& frame, const std::string& title) {
  const promises::Booking& hold = frame.state.booking.hold.value;
  if (!hold.hold_until) return;
  const auto left = std::chrono::ceil<std::chrono::minutes>(*hold.hold_until - frame.state.wall);
  ui::notice(frame.ui, "hold",
             {title, frame.word("details.hold", {{"minutes", std::max<std::int64_t>(0, left.count())}}),
              ui::Tone::Primary, ui::Icon::Clock});
}

ui::SummaryRow answer_row(const Frame& frame, Field field) {
  const std::string label = question_words(frame, field);
  const visit::FieldText& answer = visit::field_text(frame.state, field);
  const std::string known = answer.text.empty() ? frame.word("check.not_given") : answer.text.reveal();
  return {label,
          answer.carried ? frame.word("check.as_before") : known,
          frame.word("check.change"),
          frame.word("check.change_what", {{"what", label}}),
          ui::Icon::None,
          true};
}

void draw_answers(const Frame& frame) {
  const visit::BookingFlow& flow = frame.state.booking;
  const promises::Booking& hold = flow.hold.value;
  std::vector<ui::SummaryRow> rows;
  const bool other = visit::can_choose_services(flow);
  rows.push_back({frame.word("check.what"), hold.service_name, other ? frame.word("check.change") : "",
                  other ? frame.word("check.change_what", {{"what", frame.word("check.what")}}) : "", ui::Icon::None,
                  false});
  rows.push_back({frame.word("check.when"), frame.language().date_and_time(frame.moment(hold.slot.start)),
                  frame.word("check.change"), frame.word("check.change_what", {{"what", frame.word("check.when")}}),
                  ui::Icon::None, false});
  if (flow.replaces) {
    const std::string old = frame.language().date_and_time(frame.moment(flow.replaces->slot.start));
    rows.push_back({frame.word("move.old"), old, "", "", ui::Icon::None, false});
  }
  std::string where = hold.office.name;
  if (!hold.office.address.empty()) where += "\n" + hold.office.address;
  const bool elsewhere = flow.offer.value.offices.size() > 1 || other;  // then the office was chosen too, if alone
  const std::string change_where = frame.word("check.change_what", {{"what", frame.word("check.where")}});
  rows.push_back({frame.word("check.where"), where, elsewhere ? frame.word("check.change") : "",
                  elsewhere ? change_where : "", ui::Icon::None, false});
  const std::size_t first_answer = rows.size();
  for (const Field field : flow.questions) rows.push_back(answer_row(frame, field));
  const auto chosen = ui::summary(frame.ui, "answers", rows);
  if (!chosen) return;
  if (*chosen >= first_answer) {
    frame.emit(visit::ChangeAnswer{flow.questions[*chosen - first_answer]});
  } else if (*chosen + 1 == first_answer) {
    frame.emit(visit::ChangeOffice{});
  } else if (*chosen == 1) {
    frame.emit(visit::ChangeTime{});
  } else if (*chosen == 0) {
    frame.emit(visit::ChangeServices{});
  }
}

}  // namespace

namespace {

void draw_question(const Frame& frame, Field field) {
  const std::string& error_key = visit::field_text(frame.state, field).error_key;
  draw_errors(frame, field);
  ui::FieldSpec spec{.label = question_words(frame, field), .hint = hint_words(frame, field)};
  draw_title(frame, spec.label);
  spec.label_visible = false;
  if (error_key.empty()) ui::paragraph(frame.ui, spec.hint, {.ink = ui::Ink::Quiet});  // the fault says what to enter
  if (!error_key.empty()) spec.error = frame.word(error_key);
  draw_field(frame, field, spec);
}

}  // namespace

void draw_book_details(const Frame& frame, const ui::Rect& rect) {
  const visit::BookingFlow& flow = frame.state.booking;
  if (flow.question >= flow.questions.size()) return;
  ui::Dock dock(frame.ui, rect,
                {{"continue",
                  {.label = frame.word("nav.continue"),
                   .icon = ui::Icon::Forward,
                   .kind = ui::ButtonKind::Primary,
                   .icon_at_end = true}}});
  {
    ui::Scroll scroll(frame.ui, "details", dock.above());
    two_columns(
        frame, [&] { draw_question(frame, flow.questions[flow.question]); },
        [&] {
          ui::page_dots(frame.ui, static_cast<int>(flow.question) + 1, static_cast<int>(flow.questions.size()));
          const promises::Slot& slot = flow.hold.value.slot;
          draw_hold(frame, frame.language().date_and_time(frame.moment(slot.start)));
          ui::paragraph(frame.ui, frame.word("details.privacy"), {.ink = ui::Ink::Quiet, .icon = ui::Icon::Lock});
        });
  }
  if (dock.draw()) frame.emit(visit::ContinueDetails{});
}

void draw_book_check(const Frame& frame, const ui::Rect& rect) {
  const auto& confirmation = frame.state.booking.confirmation;
  const bool moves = frame.state.booking.replaces.has_value();
  std::vector<ui::DockButton> actions;
  if (!confirmation.loading()) {
    actions.push_back({"confirm",
                       {.label = frame.word(moves ? "move.confirm" : "check.confirm"),
                        .icon = ui::Icon::Check,
                        .kind = ui::ButtonKind::Primary}});
  }
  ui::Dock dock(frame.ui, rect, std::move(actions));
  {
    ui::Column column(frame.ui, dock.above());
    ui::heading(frame.ui, frame.word(moves ? "move.check_heading" : "check.heading"), 1);
    if (confirmation.loading()) {
      if (frame.waits(confirmation)) ui::progress(frame.ui, "wait", {frame.word("wait.confirming"), "", {}});
      return;
    }
    draw_hold(frame, {});  // in sight while the answers scroll
    ui::Scroll scroll(frame.ui, "check", column.rest());
    draw_answers(frame);
    frame.ui.gap(6);
  }
  if (dock.draw()) frame.emit(visit::ConfirmBooking{});
}

}  // namespace kiosk::screens
