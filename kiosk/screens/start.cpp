// The start screen: invites, in every language in turn, and leads to everything.
#include <algorithm>

#include "kiosk/screens/frame.h"
#include "kiosk/screens/phrases.h"

namespace kiosk::screens {
namespace {

constexpr std::size_t kLanguagesShown = 6;  // more would crowd the page: the header's button has them all

// As many as the panel shows below the search box without scrolling.
std::size_t topics_shown(const Frame& frame) { return frame.ui.metrics().portrait() ? 12 : 6; }

enum class Counts { Hidden, Shown };

ui::CardSpec topic_card(const Frame& frame, const visit::Topic& topic, Counts counts) {
  ui::CardSpec spec;
  spec.title = topic_name(frame, topic);
  spec.icon = ui::icon_from(topic.icon).value_or(ui::Icon::List);
  if (counts == Counts::Shown) spec.lines.push_back({.text = frame.word("topics.count", {{"count", topic.services}})});
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
      {.title = frame.word("start.manage"),
       .icon = ui::Icon::Calendar,
       .lines = {{.text = frame.word("start.manage_hint")}}},
  };
  const auto chosen = ui::cards(frame.ui, "ways", ways, frame.wide() ? 80 : 200);
  if (chosen == std::size_t{0}) frame.emit(visit::GoTo{visit::Page::Area});
  if (chosen == std::size_t{1}) frame.emit(visit::GoTo{visit::Page::Places});
  if (chosen == std::size_t{2}) frame.emit(visit::GoTo{visit::Page::Topics});
  if (chosen == std::size_t{3}) frame.emit(visit::OpenManage{});
}

void draw_topic_cards(const Frame& frame, std::size_t most, Counts counts) {
  const std::vector<visit::Topic>& topics = frame.state.topics.value;
  std::vector<ui::CardSpec> specs;
  for (std::size_t i = 0; i < std::min(most, topics.size()); ++i) specs.push_back(topic_card(frame, topics[i], counts));
  if (specs.empty()) return;
  if (const auto chosen = ui::cards(frame.ui, "topics", specs, 100)) {
    const visit::Topic& topic = topics[*chosen];
    frame.emit(visit::OpenTopic{topic.id, topic_name(frame, topic)});
  }
}

// "What do you need?" in one language after the other, as long as nobody is here. What stands below it keeps its place:
// there is room for the longest, and all are smaller where that spares a second line.
void draw_invitation(const Frame& frame) {
  const std::vector<std::string>& languages = frame.state.settings->kiosk.languages;
  const auto heading_in = [&](const std::string& language) { return frame.words.in(language).format("start.heading"); };
  const bool inviting = !frame.state.in_visit && frame.state.invitation < languages.size();
  const std::string& language = inviting ? languages[frame.state.invitation] : frame.state.preferences.language;
  const auto laid_in = [&](const std::string& name, ui::Type type) {
    return frame.ui.layout(heading_in(name), frame.ui.style(type, frame.ui.width(), name));
  };
  const auto all_short = [&](ui::Type type) {
    return std::all_of(languages.begin(), languages.end(),
                       [&](const std::string& name) { return laid_in(name, type)->lines().size() == 1; });
  };
  const bool smaller = inviting && !all_short(ui::Type::Title) && all_short(ui::Type::Heading);
  const ui::Type type = smaller ? ui::Type::Heading : ui::Type::Title;
  const float own = laid_in(language, type)->height();
  float tallest = own;
  if (inviting)
    for (const std::string& name : languages) tallest = std::max(tallest, laid_in(name, type)->height());
  ui::paragraph(frame.ui, heading_in(language), {.type = type, .language = language, .role = ui::Role::Heading});
  frame.ui.gap(frame.ui.metrics().mm(tallest - own));
}

// Whoever reads none of the page finds their language by its own name.
void draw_languages(const Frame& frame) {
  const std::vector<std::string>& languages = frame.state.settings->kiosk.languages;
  if (languages.size() < 2 || languages.size() > kLanguagesShown) return;
  std::vector<ui::ChoiceSpec> specs;
  for (const std::string& code : languages) {
    specs.push_back(
        {.label = frame.words.in(code).info().own_name, .selected = code == frame.state.preferences.language});
  }
  if (const auto chosen = ui::tiles(frame.ui, "languages", frame.word("nav.language"), specs, 36))
    frame.emit(visit::ChooseLanguage{languages[*chosen]});
}

}  // namespace

void draw_start(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "start", rect);
  draw_invitation(frame);
  draw_languages(frame);
  ui::paragraph(frame.ui, frame.word("start.intro"), {.ink = ui::Ink::Quiet});
  ui::FieldSpec search{.label = frame.word("search.label"), .hint = frame.word("search.hint")};
  search.icon = ui::Icon::Search;
  search.secret = false;
  search.label_visible = false;
  ui::paragraph(frame.ui, search.hint);
  if (ui::field(frame.ui, "search", search).tapped) frame.emit(visit::GoTo{visit::Page::Search});
  if (frame.state.directory_empty) {
    ui::notice(
        frame.ui, "empty",
        {frame.word("sorry.search.title"), frame.word("sorry.search.text"), ui::Tone::Caution, ui::Icon::Warning});
    draw_contact(frame);
    return;
  }
  if (!frame.state.journal_available) {
    ui::notice(
        frame.ui, "no_bookings",
        {frame.word("start.no_bookings"), frame.word("start.no_bookings_hint"), ui::Tone::Caution, ui::Icon::Warning});
  }
  draw_ways(frame);
  if (!frame.state.topics.value.empty()) ui::heading(frame.ui, frame.word("start.popular"), 2);
  draw_topic_cards(frame, topics_shown(frame), Counts::Hidden);
  frame.ui.gap(6);
}

void draw_topics(const Frame& frame, const ui::Rect& rect) {
  ui::Scroll scroll(frame.ui, "topics", rect);
  ui::heading(frame.ui, frame.word("topics.heading"), 1);
  draw_wait(frame, frame.state.topics, frame.word("wait.loading"));
  draw_topic_cards(frame, frame.state.topics.value.size(), Counts::Shown);
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
