// Where the problem is: near a postcode, in words, or here.
#include "kiosk/screens/phrases.h"
#include "kiosk/screens/report_phrases.h"

namespace kiosk::screens {
namespace {

using visit::Field;
using visit::ReportWay;

// What is reported, and to whom: it stands on every page of the place.
void draw_subject(const Frame& frame) {
  ui::Panel panel(frame.ui, "subject");
  ui::paragraph(frame.ui, report_title_words(frame), {.type = ui::Type::Strong, .icon = ui::Icon::Document});
  ui::paragraph(frame.ui, frame.word("report.to", {{"name", report_system_words(frame)}}),
                {.ink = ui::Ink::Quiet, .icon = ui::Icon::Building});
}

struct Way {
  ui::CardSpec card;
  std::optional<ReportWay> way;  // nullopt: at the address that is known
};

ui::CardSpec way_card(const Frame& frame, std::string title, std::string_view hint_key, ui::Icon icon) {
  return {.title = std::move(title), .icon = icon, .lines = {{.text = frame.word(hint_key)}}};
}

std::vector<Way> ways_of(const Frame& frame) {
  std::vector<Way> ways;
  const auto& known = frame.state.area.answer;
  if (known.ready() && known.value.point) {
    ways.push_back({way_card(frame, frame.word("report.near", {{"postcode", known.value.postcode}}),
                             "report.way_address_hint", ui::Icon::House),
                    std::nullopt});
  }
  ways.push_back({way_card(frame, frame.word("report.way_postcode"), "report.way_postcode_hint", ui::Icon::MapPin),
                  ReportWay::Postcode});
  ways.push_back(
      {way_card(frame, frame.word("report.way_words"), "report.way_words_hint", ui::Icon::Edit), ReportWay::Words});
  if (frame.state.settings->kiosk.point) {
    ways.push_back({way_card(frame, frame.word("report.here", {{"place", frame.state.settings->kiosk.name}}),
                             "report.way_here_hint", ui::Icon::Building),
                    ReportWay::Here});
  }
  return ways;
}

void draw_ways(const Frame& frame) {
  const std::vector<Way> ways = ways_of(frame);
  std::vector<ui::CardSpec> specs;
  for (const Way& way : ways) specs.push_back(way.card);
  const auto chosen = ui::cards(frame.ui, "ways", specs, 200);
  if (!chosen) return;
  const std::optional<ReportWay> way = ways[*chosen].way;
  if (way) {
    frame.emit(visit::ChooseReportWay{*way});
  } else {
    frame.emit(visit::ReportAtMyAddress{});
  }
}

// A question with one field, and what it is about beside it.
void draw_asked(const Frame& frame, const ui::Rect& rect, Field field, ui::FieldSpec spec, bool waits) {
  const std::string& error = visit::field_text(frame.state, field).error_key;
  ui::Dock dock(frame.ui, rect, waits ? std::vector<ui::DockButton>{} : continue_button(frame));
  {
    ui::Scroll scroll(frame.ui, "place", dock.above());
    two_columns(
        frame,
        [&] {
          draw_errors(frame, field);
          draw_title(frame, spec.label);
          spec.label_visible = false;
          if (error.empty()) ui::paragraph(frame.ui, spec.hint, {.ink = ui::Ink::Quiet});
          if (!error.empty()) spec.error = frame.word(error);
          draw_field(frame, field, spec);
          if (field == Field::ReportPostcode)
            draw_wait(frame, frame.state.report.area, frame.word("wait.searching"), false);
        },
        [&] { draw_subject(frame); });
  }
  if (dock.draw()) frame.emit(visit::ContinueReport{});
}

}  // namespace

void draw_report_where(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "where", rect);
  ui::heading(frame.ui, frame.word("report.where"), 1);
  two_columns(
      frame, [&] { draw_ways(frame); },
      [&] {
        draw_subject(frame);
        draw_report_privacy(frame);
      });
  frame.ui.gap(6);
}

void draw_report_postcode(const Frame& frame, const ui::Rect& rect) {
  ui::FieldSpec spec{.label = frame.word("report.postcode"), .hint = frame.word("report.postcode_hint")};
  spec.max_bytes = 12;
  draw_asked(frame, rect, Field::ReportPostcode, std::move(spec), frame.state.report.area.loading());
}

void draw_report_place(const Frame& frame, const ui::Rect& rect) {
  const bool alone = frame.state.report.way == ReportWay::Words;
  ui::FieldSpec spec{.label = frame.word(alone ? "report.place" : "report.place_exactly"),
                     .hint = frame.word(alone ? "report.place_hint" : "report.place_exactly_hint")};
  spec.max_bytes = 1000;
  spec.lines = 2;
  draw_asked(frame, rect, Field::ReportPlace, std::move(spec), false);
}

}  // namespace kiosk::screens
