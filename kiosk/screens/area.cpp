// My area: a postcode, then who serves it and why.
#include <algorithm>

#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr std::size_t kDutiesShown = 8;  // a council looks after more than anybody reads
constexpr double kOthersShare = 0.45;    // of the page, for who is no council

std::string_view reason_key(areas::Reason reason) {
  switch (reason) {
    case areas::Reason::UnitaryArea:
      return "area.reason.unitary";
    case areas::Reason::CountyTier:
      return "area.reason.county";
    case areas::Reason::DistrictTier:
      return "area.reason.district";
    case areas::Reason::CoversCouncil:
      return "area.reason.covers";
  }
  return "area.reason.covers";
}

ui::Icon icon_of(areas::Tier tier) {
  switch (tier) {
    case areas::Tier::Health:
      return ui::Icon::Health;
    case areas::Tier::Police:
      return ui::Icon::Shield;
    case areas::Tier::Fire:
      return ui::Icon::Flame;
    default:
      return ui::Icon::Building;
  }
}

enum class Side { Known, Open };

// The reason is one for this address alone: it is not told of a council that may be the neighbours'.
void draw_authority(const Frame& frame, const areas::Serves& serves, Side side = Side::Known) {
  ui::Panel panel(frame.ui, "authority " + serves.authority.code);
  ui::paragraph(
      frame.ui, serves.authority.name,
      {.type = ui::Type::Heading, .icon = icon_of(serves.authority.tier), .role = ui::Role::Heading, .level = 2});
  if (side == Side::Known) ui::paragraph(frame.ui, frame.word(reason_key(serves.reason)), {.ink = ui::Ink::Quiet});
  std::vector<std::string> duties;
  for (const std::string& duty : serves.authority.duties) {
    if (duties.size() == kDutiesShown) {
      duties.push_back(frame.word("area.more"));
      break;
    }
    const std::string key = "duty." + duty;
    if (frame.language().has(key)) duties.push_back(frame.word(key));
  }
  if (!duties.empty())
    ui::paragraph(frame.ui,
                  frame.word("area.duties", {{"duties", frame.language().list(duties, text::Language::Items::Words)}}));
  if (!serves.authority.phone.empty())
    ui::paragraph(frame.ui, serves.authority.phone, {.type = ui::Type::Strong, .icon = ui::Icon::Phone});
  if (!serves.authority.website.empty()) ui::paragraph(frame.ui, serves.authority.website, {.icon = ui::Icon::Globe});
}

bool is_council(const areas::Serves& serves) { return serves.reason != areas::Reason::CoversCouncil; }

std::string councils(const Frame& frame, const std::vector<areas::Serves>& list) {
  std::vector<std::string> names;
  for (const areas::Serves& serves : list) {
    if (is_council(serves)) names.push_back(serves.authority.name);
  }
  return frame.language().list(names);
}

// A boundary runs through the postcode: which side is yours?
void draw_alternatives(const Frame& frame, const areas::Answer& answer) {
  std::vector<ui::ChoiceSpec> specs;
  const std::optional<std::size_t> side = frame.state.area.side();
  for (const auto& list : answer.alternatives)
    specs.push_back({.label = councils(frame, list), .selected = side == specs.size()});
  ui::notice(frame.ui, "boundary",
             {frame.word("area.boundary"), frame.word("area.boundary_hint"), ui::Tone::Caution, ui::Icon::Info});
  ui::heading(frame.ui, frame.word("area.boundary_question"), 2);
  if (const auto chosen = ui::choices(frame.ui, "alternatives", frame.word("area.boundary_question"), specs)) {
    frame.emit(visit::ChooseAlternative{*chosen});
  }
}

// Serves the address on whichever side it is.
bool serves_all(const areas::Answer& answer, const areas::Serves& serves) {
  return std::all_of(answer.alternatives.begin(), answer.alternatives.end(), [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const areas::Serves& other) {
      return other.authority.code == serves.authority.code && other.reason == serves.reason;
    });
  });
}

// As long as nobody said which side is theirs: the councils of both, side by side, and whoever serves either.
void draw_both_sides(const Frame& frame, const areas::Answer& answer) {
  const auto draw_side = [&](std::size_t index) {
    const ui::IdScope scope(frame.ui, index);
    for (const areas::Serves& serves : answer.alternatives[index]) {
      if (!serves_all(answer, serves)) draw_authority(frame, serves, Side::Open);
    }
  };
  ui::heading(frame.ui, frame.word("area.boundary_sides"), 2);
  for (std::size_t i = 0; i < answer.alternatives.size(); i += 2) {
    const bool pair = i + 1 < answer.alternatives.size();
    two_columns(
        frame, [&] { draw_side(i); }, [&] { pair ? draw_side(i + 1) : void(); }, 0.5);
  }
  for (const areas::Serves& serves : answer.alternatives.front()) {
    if (serves_all(answer, serves)) draw_authority(frame, serves);
  }
}

void draw_answer(const Frame& frame, const areas::Answer& answer) {
  if (answer.alternatives.size() > 1) draw_alternatives(frame, answer);
  const std::optional<std::size_t> side = frame.state.area.side();
  if (!side) return draw_both_sides(frame, answer);
  const auto draw_those = [&](bool councils) {
    for (const areas::Serves& serves : answer.alternatives[*side])
      if (is_council(serves) == councils) draw_authority(frame, serves);
  };
  two_columns(
      frame, [&] { draw_those(true); }, [&] { draw_those(false); }, kOthersShare);
}

void draw_question(const Frame& frame) {
  const std::string& error = frame.state.area.postcode.error_key;
  ui::FieldSpec spec{.label = frame.word("area.postcode"), .hint = frame.word("area.postcode_hint")};
  if (!error.empty()) spec.error = frame.word(error);
  if (frame.cramped && !error.empty()) spec.hint.clear();  // summary, question and field are to be in sight
  spec.max_bytes = 12;
  draw_field(frame, visit::Field::Postcode, spec);
  draw_wait(frame, frame.state.area.answer, frame.word("wait.searching"), false);
  if (!error.empty()) draw_contact(frame);
}

std::vector<ui::DockButton> actions_of(const Frame& frame) {
  if (!frame.state.area.answer.ready()) {
    return {{"find", {.label = frame.word("area.find"), .icon = ui::Icon::Search, .kind = ui::ButtonKind::Primary}}};
  }
  return {{"search", {.label = frame.word("area.search"), .icon = ui::Icon::Search, .kind = ui::ButtonKind::Primary}},
          {"places", {.label = frame.word("start.places"), .icon = ui::Icon::Building}},
          {"another", {.label = frame.word("area.another"), .icon = ui::Icon::Edit}}};
}

void act(const Frame& frame, const std::optional<std::string>& chosen) {
  if (chosen == "find") frame.emit(visit::SubmitField{visit::Field::Postcode});
  if (chosen == "search") frame.emit(visit::GoTo{visit::Page::Search});
  if (chosen == "places") frame.emit(visit::GoTo{visit::Page::Places});
  if (chosen == "another") frame.emit(visit::ForgetAddress{});
}

}  // namespace

void draw_area(const Frame& frame, const ui::Rect& rect) {
  ui::Dock dock(frame.ui, rect, actions_of(frame));
  {
    ui::Scroll scroll(frame.ui, "area", dock.above());
    const auto& answer = frame.state.area.answer;
    if (!answer.ready()) draw_errors(frame, visit::Field::Postcode);
    draw_title(frame, answer.ready() ? frame.word("area.result", {{"postcode", answer.value.postcode}})
                                     : frame.word("area.heading"));
    if (answer.ready()) {
      draw_answer(frame, answer.value);
    } else {
      draw_question(frame);
    }
    frame.ui.gap(6);
  }
  act(frame, dock.draw());
}

}  // namespace kiosk::screens
