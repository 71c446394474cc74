#include "kiosk/screens/screens.h"

#include <algorithm>

#include "kiosk/screens/frame.h"
#include "kiosk/ui/keyboard.h"

namespace kiosk::screens {
namespace {

using visit::Page;

constexpr double kHeaderMm = 18;
constexpr double kFooterMm = 22;
constexpr double kWidestMm = 400;           // of the page: two columns of text, or cards side by side
constexpr double kLeastBesideBackMm = 225;  // what Back may leave for the page where it stands beside it
// A page less tall than this has a smaller title while somebody types; taller ones too, by so much, where they say what
// is wrong or ask for more than a line.
constexpr double kShortMm = 100, kFaultMm = 45, kLongTextMm = 25;
constexpr double kResultsMm = 55, kQuestionMm = 86;  // what a list, and a question with its button, need below a header
constexpr double kOverlayMm = 100;                   // the least room in which help is read without much scrolling

ui::ThemeName theme_name(settings::ThemeChoice choice) {
  switch (choice) {
    case settings::ThemeChoice::Light:
      return ui::ThemeName::Light;
    case settings::ThemeChoice::Dark:
      return ui::ThemeName::Dark;
    case settings::ThemeChoice::BlackOnWhite:
      return ui::ThemeName::BlackOnWhite;
    case settings::ThemeChoice::YellowOnBlack:
      return ui::ThemeName::YellowOnBlack;
  }
  return ui::ThemeName::Light;
}

void draw_page(const Frame& frame, const ui::Rect& rect) {
  switch (frame.state.page) {
    case Page::Start:
      return draw_start(frame, rect);
    case Page::Search:
      return draw_search(frame, rect);
    case Page::Topics:
      return draw_topics(frame, rect);
    case Page::Topic:
      return draw_topic(frame, rect);
    case Page::Service:
      return draw_service(frame, rect);
    case Page::Area:
      return draw_area(frame, rect);
    case Page::Places:
      return draw_places(frame, rect);
    case Page::Place:
      return draw_place(frame, rect);
    case Page::BookOffice:
      return draw_book_office(frame, rect);
    case Page::BookServices:
      return draw_book_services(frame, rect);
    case Page::BookTime:
      return draw_book_time(frame, rect);
    case Page::BookDetails:
      return draw_book_details(frame, rect);
    case Page::BookCheck:
      return draw_book_check(frame, rect);
    case Page::BookDone:
      return draw_book_done(frame, rect);
    case Page::Manage:
      return draw_manage(frame, rect);
    case Page::Managed:
      return draw_managed(frame, rect);
    case Page::ManageCancel:
      return draw_manage_cancel(frame, rect);
    case Page::LargeQr:
      return draw_large_qr(frame, rect);
    case Page::Sorry:
      return draw_sorry(frame, rect);
    case Page::ReportWhere:
      return draw_report_where(frame, rect);
    case Page::ReportPostcode:
      return draw_report_postcode(frame, rect);
    case Page::ReportPlace:
      return draw_report_place(frame, rect);
    case Page::ReportKnown:
      return draw_report_known(frame, rect);
    case Page::ReportHandedOver:
      return draw_report_handed_over(frame, rect);
    case Page::ReportQuestion:
      return draw_report_question(frame, rect);
    case Page::ReportCheck:
      return draw_report_check(frame, rect);
    case Page::ReportDone:
      return draw_report_done(frame, rect);
  }
}

void draw_header(const Frame& frame, const ui::Rect& rect, bool within_reach) {
  if (ui::is_empty(rect)) return;
  const std::string clock = frame.language().time_of_day(frame.moment(frame.state.wall));
  std::vector<ui::BarItem> items;
  if (within_reach) {
    items.push_back({.id = "language",
                     .label = frame.language().info().own_name,
                     .icon = ui::Icon::Globe,
                     .value = frame.word("nav.language")});
  }
  if (ui::header(frame.ui, rect, {frame.state.settings->kiosk.name, clock, items})) frame.emit(visit::OpenLanguages{});
}

void draw_footer(const Frame& frame, const ui::Rect& rect) {
  const visit::Preferences& wants = frame.state.preferences;
  const std::string size =
      frame.word("nav.text_size_value", {{"step", wants.text_size + 1}, {"count", ui::kTextSizes}});
  const std::vector<ui::BarItem> items = {
      {.id = "restart", .label = frame.word("nav.start_again"), .icon = ui::Icon::Restart},
      {.id = "size", .label = frame.word("nav.text_size"), .icon = ui::Icon::TextSize, .value = size},
      {.id = "contrast", .label = frame.word("nav.contrast"), .icon = ui::Icon::Contrast},
      {.id = "reach", .label = frame.word("nav.low_reach"), .icon = ui::Icon::LowReach, .selected = wants.low_reach},
      {.id = "sound",
       .label = frame.word("nav.sound"),
       .icon = wants.sound ? ui::Icon::Sound : ui::Icon::SoundOff,
       .selected = wants.sound},
      {.id = "help", .label = frame.word("nav.help"), .icon = ui::Icon::Help, .at_end = true},
  };
  const auto chosen = ui::bar(frame.ui, "tools", rect, items);
  if (!chosen) return;
  if (*chosen == "restart") frame.emit(visit::StartAgain{});
  if (*chosen == "size") frame.emit(visit::CycleTextSize{});
  if (*chosen == "contrast") frame.emit(visit::CycleTheme{});
  if (*chosen == "reach") frame.emit(visit::ToggleLowReach{});
  if (*chosen == "sound") frame.emit(visit::ToggleSound{});
  if (*chosen == "help") frame.emit(visit::OpenHelp{});
}

// Where the keyboard takes the header's place, what is above a seated person's reach has room for it; none elsewhere.
ui::Rect above_reach(const ui::Ui& ui) {
  const ui::Rect area = ui.area();
  const float height = ui.px(kHeaderMm);
  return area.y < height ? ui::Rect{} : ui::Rect{area.x, area.y - height, area.width, height};
}

// Back stands at the same place on every page that has a page before it: beside the page where the panel is wide enough
// for both, else above it.
// Where it ends.
float draw_back_button(const Frame& frame, const ui::Rect& rect) {
  ui::Column column(frame.ui, rect, 0);
  const Page shown = frame.state.page;
  if (shown == Page::Start || shown == Page::BookDone || shown == Page::ReportDone)
    return rect.y + frame.ui.px(ui::kTouchMm);
  if (ui::button(frame.ui, "back",
                 {.label = frame.word("nav.back"), .icon = ui::Icon::Back, .kind = ui::ButtonKind::Quiet})) {
    frame.emit(visit::Back{});
  }
  return column.rest().y;
}

// What is left for the page.
ui::Rect draw_back(const Frame& frame, const ui::Rect& content) {
  ui::Ui& ui = frame.ui;
  const float margin = ui.px(ui::kMarginMm), top = ui.px(4);
  const auto label = ui.layout(frame.word("nav.back"), ui.style(ui::Type::Strong));
  const float width = label->natural_width() + ui.line_height(ui::Type::Strong) + ui.px(8);
  const float gutter = margin + width + ui.px(5);
  const bool beside = !ui.metrics().portrait() && content.width - 2 * gutter >= ui.px(kLeastBesideBackMm);
  ui::Rect page =
      ui.content_column({content.x, content.y + top, content.width, content.height - top - ui.px(1)}, kWidestMm);
  if (!beside) {
    if (frame.state.page == Page::Start) return page;
    const float bottom = draw_back_button(frame, page) + ui.px(ui::kMinGapMm);
    return {page.x, bottom, page.width, page.bottom() - bottom};
  }
  if (page.x < gutter) page = {gutter, page.y, content.width - 2 * gutter, page.height};
  const float lower =
      std::max(0.F, (ui.line_height(ui::Type::Title) - ui.px(ui::kTouchMm)) / 2);  // level with a heading
  draw_back_button(frame, {margin + ui.px(3), page.y + lower, width, page.height});
  return page;
}

bool asks_for_number(const visit::ReportFlow& flow) {
  if (flow.step >= flow.steps.size()) return false;
  const promises::ReportQuestion* question = visit::question_of(flow, flow.steps[flow.step]);
  return question && question->kind == promises::ReportQuestion::Kind::Number;
}

bool asks_for_long_text(const visit::State& state) {
  if (state.field == visit::Field::ReportDescription) return true;
  const visit::ReportFlow& flow = state.report;
  if (state.field != visit::Field::ReportAnswer || flow.step >= flow.steps.size()) return false;
  const promises::ReportQuestion* question = visit::question_of(flow, flow.steps[flow.step]);
  return question && question->kind == promises::ReportQuestion::Kind::Paragraph;
}

// While somebody types: is a smaller title needed for question, fault and field to be in sight together?
bool is_cramped(const Frame& frame, float height) {
  double needed = kShortMm;
  if (!visit::field_text(frame.state, frame.state.field).error_key.empty()) needed += kFaultMm;
  if (asks_for_long_text(frame.state)) needed += kLongTextMm;
  return height < frame.ui.px(needed * frame.letters());
}

bool is_pad(ui::KeyboardKind kind) { return kind == ui::KeyboardKind::Phone || kind == ui::KeyboardKind::Number; }

// Where something is laid over the page with the tools in sight; anywhere where that were too low.
ui::Rect above_tools(const ui::Ui& ui, const ui::Rect& tools) {
  ui::Rect room = ui.area();
  room.height = tools.y - room.y;
  return room.height < ui.px(kOverlayMm) ? ui::Rect{} : room;
}

void take_keys(const Frame& frame) {
  while (const auto key = frame.ui.take_key()) {
    if (*key == ui::NavKey::Back) frame.emit(visit::Back{});
    if (*key == ui::NavKey::Help) frame.emit(visit::OpenHelp{});
  }
}

}  // namespace

ui::Look look_of(const visit::State& state, const text::Words& words) {
  ui::Look look;
  look.language = &words.in(state.preferences.language);
  look.theme = ui::theme(theme_name(state.preferences.theme));
  if (const auto primary = ui::parse_colour(state.settings->display.primary); primary.ok()) {
    if (auto own = ui::with_primary(look.theme, *primary); own.ok()) look.theme = *own;
  }
  look.text_size = state.preferences.text_size;
  look.low_reach = state.preferences.low_reach;
  look.reading = state.preferences.sound;
  return look;
}

ui::KeyboardKind keyboard_of(const visit::State& state, visit::Field field) {
  switch (field) {
    case visit::Field::Postcode:
    case visit::Field::ReportPostcode:
    case visit::Field::Code:
      return ui::KeyboardKind::Postcode;
    case visit::Field::Email:
    case visit::Field::ReportEmail:
      return ui::KeyboardKind::Email;
    case visit::Field::Telephone:
    case visit::Field::ReportTelephone:
      return ui::KeyboardKind::Phone;
    case visit::Field::ReportAnswer:
      return asks_for_number(state.report) ? ui::KeyboardKind::Number : ui::KeyboardKind::Text;
    default:
      return ui::KeyboardKind::Text;
  }
}

void draw_errors(const Frame& frame, visit::Field field) {
  const std::string& error_key = visit::field_text(frame.state, field).error_key;
  if (error_key.empty()) return;
  const std::vector<std::string> errors = {frame.word(error_key)};
  if (ui::error_summary(frame.ui, "errors", frame.word("error.heading"), errors)) frame.emit(visit::FocusField{field});
}

void draw_field(const Frame& frame, visit::Field field, ui::FieldSpec spec) {
  spec.value = visit::field_text(frame.state, field).text;
  spec.active = frame.state.field == field && frame.state.overlay == visit::Overlay::None;
  spec.secret = visit::is_personal(field);
  spec.keyboard = keyboard_of(frame.state, field);
  ui::FieldResult result = ui::field(frame.ui, "field", spec);
  if (result.tapped) frame.emit(visit::FocusField{field});
  if (result.changed) frame.emit(visit::EditField{field, std::move(*result.changed)});
  if (result.cleared) frame.emit(visit::ClearField{field});
  if (result.entered) frame.emit(visit::SubmitField{field});
  if (result.closed) frame.emit(visit::CloseKeyboard{});
}

std::vector<visit::Event> draw(ui::Ui& ui, const visit::State& state, const text::Words& words) {
  std::vector<visit::Event> events;
  ui.page_is(state.page_serial);
  const bool typing = state.field != visit::Field::None && state.overlay == visit::Overlay::None;
  ui::PageSpec page{.header_mm = kHeaderMm, .footer_mm = kFooterMm, .keyboard = typing};
  page.number_pad = typing && is_pad(keyboard_of(state, state.field));
  ui::Regions regions = ui.regions(page);
  Frame frame{ui, state, words, events};
  frame.cramped = typing && is_cramped(frame, regions.content.height);
  const double needed = state.page == Page::Search ? kResultsMm : kQuestionMm;
  if (typing && regions.content.height < ui.px(needed)) {
    page.header_mm = 0;
    regions = ui.regions(page);
  }
  draw_header(frame, ui::is_empty(regions.header) ? above_reach(ui) : regions.header, !ui::is_empty(regions.header));
  draw_page(frame, draw_back(frame, regions.content));
  if (typing) ui::keyboard(ui, regions.keyboard, keyboard_of(state, state.field));
  draw_footer(frame, regions.footer);
  draw_overlay(frame, above_tools(ui, regions.footer));
  take_keys(frame);
  return events;
}

}  // namespace kiosk::screens
