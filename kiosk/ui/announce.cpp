#include "kiosk/ui/announce.h"

#include <algorithm>

#include "kiosk/text/bidi.h"

namespace kiosk::ui {
namespace {

std::string role_words(const Node& node, const text::Language& language) {
  const std::string key = "ui.role." + std::string(to_string(node.role));
  switch (node.role) {  // what one hears anyway
    case Role::Text:
    case Role::Group:
    case Role::Status:
    case Role::Key:
    case Role::Day:
    case Role::ListItem:
      return {};
    default:
      return language.format(key);
  }
}

void add_state(const Node& node, const text::Language& language, std::vector<std::string>& parts) {
  if (node.state.selected && node.role != Role::TextBox) parts.push_back(language.format("ui.state.selected"));
  if (node.state.busy) parts.push_back(language.format("ui.state.busy"));
  if (!node.state.disabled) return;
  parts.push_back(language.format("ui.state.disabled"));
  parts.push_back(node.state.disabled_reason);
}

std::string sentence(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += ", ";
    all += text::without_bidi_controls(part);
  }
  return all;
}

bool is_readable(const Node& node) {
  switch (node.role) {
    case Role::Heading:
    case Role::Text:
    case Role::Alert:
    case Role::Progress:
    case Role::ListItem:
    case Role::Image:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string spoken(const Node& node, const text::Language& language, bool private_listening) {
  std::vector<std::string> parts = {node.name};
  if (node.role == Role::TextBox) parts.push_back(role_words(node, language));
  const bool may_say = !node.secret || private_listening;
  if (node.role == Role::TextBox && node.value.empty())
    parts.push_back(language.format("ui.state.empty"));
  else if (may_say)
    parts.push_back(node.value);
  else
    parts.push_back(language.format("ui.state.filled"));
  if (node.role != Role::TextBox) parts.push_back(role_words(node, language));
  add_state(node, language, parts);
  if (node.count > 1)
    parts.push_back(language.format("ui.spoken.position", {{"n", node.position}, {"of", node.count}}));
  parts.push_back(node.hint);
  return sentence(parts);
}

void Announcer::update(const Scene& scene, const text::Language& language, std::uint64_t page_serial) {
  const bool new_page = page_ != page_serial;
  page_ = page_serial;
  const auto push = [&](Utterance::Why why, std::string text) {
    // What a page has to say at once follows its heading; later alerts interrupt.
    const bool interrupts = why != Utterance::Why::Value && !(new_page && why == Utterance::Why::Alert);
    if (!text.empty()) queue_.push_back({why, std::move(text), language.code(), interrupts});
  };
  if (new_page) {
    const auto headings = scene.all(Role::Heading);
    if (!headings.empty()) push(Utterance::Why::Page, sentence({headings.front()->name}));
    alerts_.clear();
  }
  std::vector<NodeId> alerts;
  for (const Node& node : scene.nodes()) {
    const bool speaks = node.alert || node.role == Role::Dialog;
    if (!speaks) continue;
    alerts.push_back(node.id);
    if (std::find(alerts_.begin(), alerts_.end(), node.id) == alerts_.end())
      push(Utterance::Why::Alert, sentence({node.name, node.value, node.hint}));
  }
  alerts_ = std::move(alerts);
  const Node* focused = scene.find(scene.focused);
  const std::string text = focused ? spoken(*focused, language, private_listening_) : std::string();
  const bool moved = scene.focused != focused_;
  // The heading that focus lands on was just said as the page's.
  const bool said = new_page && focused && focused->role == Role::Heading;
  if (focused && !said && (moved || text != focused_text_))
    push(moved ? Utterance::Why::Focus : Utterance::Why::Value, text);
  focused_ = scene.focused;
  focused_text_ = text;
}

void Announcer::say(std::string text, std::string language) {
  queue_.push_back({Utterance::Why::Asked, text::without_bidi_controls(text), std::move(language), true});
}

std::vector<Utterance> Announcer::take() {
  std::vector<Utterance> all(queue_.begin(), queue_.end());
  queue_.clear();
  return all;
}

std::string Announcer::whole_page(const Scene& scene, const text::Language& language) {
  std::string all;
  for (const Node& node : scene.nodes()) {
    if (!is_readable(node) || !scene.reachable(node)) continue;
    const std::string text = node.role == Role::ListItem ? sentence({node.name, node.value}) : spoken(node, language);
    if (text.empty()) continue;
    if (!all.empty()) all += ". ";
    all += text;
  }
  return all;
}

void Announcer::reset() {
  queue_.clear();
  page_ = 0;
  focused_ = NodeId::None;
  alerts_.clear();
  focused_text_.clear();
}

}  // namespace kiosk::ui
