// The start screen: invites, in every language in turn, and leads to everything.
#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr std::size_t kTopicsShown = 6;

std::string topic_name(const Frame& frame, const visit::Topic& topic) {
  const std::string key = "topic." + topic.id;
  return frame.language().has(key) ? frame.word(key) : topic.name;
}

ui::CardSpec topic_card(const Frame& frame, const visit::Topic& topic) {
  ui::CardSpec spec;
  spec.title = topic_name(frame, topic);
  spec.icon = ui::icon_from(topic.icon).value_or(ui::Icon::List);
  spec.lines.push_back({frame.word("topics.count", {{"count", topic.services}}), ui::Icon::None, ui::Ink::Quiet, 1});
  return spec;
}

void draw_ways(const Frame& frame) {
  const std::vector<ui::CardSpec> ways = {
      {.title = frame.word("start.area"), .icon = ui::Icon::MapPin, .lines = {{.text = frame.word("start.area_hint")}}},
      {.title = frame.word("start.places"),
       .icon = ui::Icon::Building,
       .lines = {{.text = frame.word("start.places_hint")}}},
      {.title = frame.word("start.topics"),
       .icon = ui::Icon::List,
       .lines = {{.text = frame.word("start.topics_hint")}}},
  };
  const auto chosen = ui::cards(frame.ui, "ways", ways, 80);
  if (chosen == std::size_t{0}) frame.emit(visit::GoTo{visit::Page::Area});
  if (chosen == std::size_t{1}) frame.emit(visit::GoTo{visit::Page::Places});
  if (chosen == std::size_t{2}) frame.emit(visit::GoTo{visit::Page::Topics});
}

void draw_topic_cards(const Frame& frame, std::size_t most) {
  const std::vector<visit::Topic>& topics = frame.state.topics.value;
  std::vector<ui::CardSpec> specs;
  for (std::size_t i = 0; i < std::min(most, topics.size()); ++i) specs.push_back(topic_card(frame, topics[i]));
  if (specs.empty()) return;
  if (const auto chosen = ui::cards(frame.ui, "topics", specs, 80)) {
    const visit::Topic& topic = topics[*chosen];
    frame.emit(visit::OpenTopic{topic.id, topic_name(frame, topic)});
  }
}

}  // namespace

void draw_start(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "start", rect);
  frame.ui.gap(4);
  ui::heading(frame.ui, frame.word("start.heading"), 1);
  ui::paragraph(frame.ui, frame.word("start.intro"), {.ink = ui::Ink::Quiet});
  ui::FieldSpec search{.label = frame.word("search.label"), .hint = frame.word("search.hint")};
  search.icon = ui::Icon::Search;
  search.secret = false;
  if (ui::field(frame.ui, "search", search).tapped) frame.emit(visit::GoTo{visit::Page::Search});
  if (frame.state.directory_empty) {
    ui::notice(
        frame.ui, "empty",
        {frame.word("sorry.search.title"), frame.word("sorry.search.text"), ui::Tone::Caution, ui::Icon::Warning});
    draw_contact(frame);
    return;
  }
  draw_ways(frame);
  if (!frame.state.topics.value.empty()) ui::heading(frame.ui, frame.word("start.popular"), 2);
  draw_topic_cards(frame, kTopicsShown);
  frame.ui.gap(6);
}

void draw_topics(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "topics", rect);
  ui::heading(frame.ui, frame.word("topics.heading"), 1);
  draw_wait(frame, frame.state.topics, frame.word("wait.loading"));
  draw_topic_cards(frame, frame.state.topics.value.size());
  frame.ui.gap(6);
}

void draw_topic(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "topic", rect);
  ui::heading(frame.ui, frame.state.topic_name, 1);
  const auto& services = frame.state.topic_services;
  draw_wait(frame, services, frame.word("wait.loading"));
  if (services.ready()) {
    ui::paragraph(frame.ui, frame.word("topics.count", {{"count", services.value.size()}}), {.ink = ui::Ink::Quiet});
  }
  draw_service_cards(frame, "services", services.value);
  if (services.failed() || (services.ready() && services.value.empty())) {
    ui::paragraph(frame.ui, frame.word("search.none"));
    draw_contact(frame);
  }
  frame.ui.gap(6);
}

}  // namespace kiosk::screens
