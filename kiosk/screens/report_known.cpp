// What is known near the place already, and who looks after it where it is somebody else.
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"

namespace kiosk::screens {
namespace {

constexpr std::size_t kKnownShown = 6;  // nearest first: more is not read

std::string known_title(const promises::RemoteReport& known) {
  return known.address.empty() ? known.type_name : known.address;
}

void draw_known(const Frame& frame, const promises::RemoteReport& known, std::size_t index) {
  const ui::IdScope scope(frame.ui, index);
  ui::Panel panel(frame.ui, "known");
  if (!known_title(known).empty())
    ui::paragraph(frame.ui, known_title(known), {.type = ui::Type::Strong, .icon = ui::Icon::MapPin});
  if (!known.description.empty()) ui::paragraph(frame.ui, known.description, {.max_lines = 3});
  if (known.requested)
    ui::paragraph(
        frame.ui,
        frame.word("report.known_since", {{"when", frame.language().ago(*known.requested, frame.state.wall)}}),
        {.ink = ui::Ink::Quiet, .icon = ui::Icon::Clock});
  const std::string status = frame.word(known.closed ? "report.known_closed" : "report.known_open");
  ui::paragraph(frame.ui, known.status_notes.empty() ? status : status + " " + text::isolate(known.status_notes),
                {.icon = known.closed ? ui::Icon::CheckCircle : ui::Icon::Tools});
  if (known.expected && *known.expected > frame.state.wall)
    ui::paragraph(
        frame.ui,
        frame.word("report.known_expected", {{"day", frame.language().full_date(frame.moment(*known.expected))}}),
        {.icon = ui::Icon::Calendar});
}

void draw_body(const Frame& frame, const visit::HandedOver::Body& body, std::size_t index) {
  const ui::IdScope scope(frame.ui, index);
  ui::Panel panel(frame.ui, "body");
  ui::heading(frame.ui, body.name, 2);
  if (!body.phone.empty())
    ui::paragraph(frame.ui, frame.word("contact.call", {{"name", body.name}, {"phone", body.phone}}),
                  {.type = ui::Type::Strong, .icon = ui::Icon::Phone, .said = true});
  if (!body.hours.empty()) ui::paragraph(frame.ui, body.hours, {.icon = ui::Icon::Clock});
  if (!body.website.empty()) ui::paragraph(frame.ui, body.website, {.icon = ui::Icon::Globe});
  if (body.service && ui::button(frame.ui, "open", {.label = frame.word("report.handed.open"), .icon = ui::Icon::Info}))
    frame.emit(visit::OpenService{*body.service});
}

void draw_questions(const Frame& frame) {
  ui::Panel panel(frame.ui, "questions");
  ui::heading(frame.ui, frame.word("manage.questions"), 2);
  draw_contact(frame);
}

std::string handed_text(const Frame& frame, const visit::HandedOver& over) {
  const std::string name = report_system_words(frame);
  if (!over.by_place) return frame.word("report.handed.by_kind", {{"name", name}});
  return frame.word("report.handed.by_place",
                    {{"name", name}, {"postcode", frame.state.report.postcode.text.reveal()}});
}

std::vector<ui::DockButton> ways_on(const Frame& frame) {
  std::vector<ui::DockButton> ways = {
      {"search",
       {.label = frame.word("sorry.search_again"), .icon = ui::Icon::Search, .kind = ui::ButtonKind::Primary}},
      {"places", {.label = frame.word("start.places"), .icon = ui::Icon::Building}}};
  if (!frame.state.report.handed_over.by_place) return ways;
  ways.push_back({"place", {.label = frame.word("report.handed.place"), .icon = ui::Icon::MapPin}});
  ways.push_back({"on", {.label = frame.word("report.handed.on"), .icon = ui::Icon::Forward, .icon_at_end = true}});
  return ways;
}

}  // namespace

void draw_report_known(const Frame& frame, const ui::Rect& rect) {
  const auto& near = frame.state.report.near;
  if (!near.ready()) {
    ui::Scroll scroll(frame.ui, "known", rect);
    ui::heading(frame.ui, frame.word("report.known"), 1);
    if (frame.waits(near) &&
        ui::progress(
            frame.ui, "wait",
            {frame.word("wait.asking", {{"name", report_system_words(frame)}}), frame.word("report.known_skip"), {}}))
      frame.emit(visit::CancelWaiting{});
    return;
  }
  ui::Dock dock(frame.ui, rect,
                {{"on",
                  {.label = frame.word("report.known_no"),
                   .icon = ui::Icon::Forward,
                   .kind = ui::ButtonKind::Primary,
                   .icon_at_end = true}},
                 {"finish", {.label = frame.word("report.known_yes"), .icon = ui::Icon::Check}}});
  {
    ui::Scroll scroll(frame.ui, "known", dock.above());
    ui::heading(frame.ui, frame.word("report.known"), 1);
    ui::paragraph(frame.ui, frame.word("report.known_text", {{"count", near.value.size()}}), {.said = true});
    for (std::size_t i = 0; i < std::min(kKnownShown, near.value.size()); ++i) draw_known(frame, near.value[i], i);
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "on") frame.emit(visit::ContinueReport{});
  if (chosen == "finish") frame.emit(visit::Finish{});
}

void draw_report_handed_over(const Frame& frame, const ui::Rect& rect) {
  const visit::HandedOver& over = frame.state.report.handed_over;
  ui::Dock dock(frame.ui, rect, ways_on(frame));
  {
    ui::Scroll scroll(frame.ui, "handed_over", dock.above());
    const bool one = over.bodies.size() == 1;
    ui::heading(frame.ui,
                one ? frame.word("report.handed.one", {{"name", over.bodies.front().name}})
                    : frame.word("report.handed.several"),
                1);
    ui::paragraph(frame.ui, handed_text(frame, over), {.said = true});
    for (std::size_t i = 0; i < over.bodies.size(); ++i) draw_body(frame, over.bodies[i], i);
    draw_questions(frame);
    frame.ui.gap(6);
  }
  const std::optional<std::string> chosen = dock.draw();
  if (chosen == "place") frame.emit(visit::Back{});  // to where it was said
  if (chosen == "search") frame.emit(visit::GoTo{visit::Page::Search});
  if (chosen == "places") frame.emit(visit::GoTo{visit::Page::Places});
  if (chosen == "on") frame.emit(visit::ReportAllTheSame{});
}

}  // namespace kiosk::screens
