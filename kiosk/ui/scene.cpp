#include "kiosk/ui/scene.h"

#include <algorithm>
#include <array>
#include <regex>

#include "kiosk/core/strings.h"
#include "kiosk/text/bidi.h"

namespace kiosk::ui {
namespace {

constexpr std::array<std::string_view, 19> kRoles = {
    "heading",  "text",     "button", "link",   "textbox", "list",     "listitem", "tab",    "image", "alert",
    "progress", "keyboard", "key",    "dialog", "group",   "calendar", "day",      "choice", "status"};

bool matches_expression(const std::string& pattern, std::string_view name) {
  const std::size_t end = pattern.rfind('/');
  const std::string flags = pattern.substr(end + 1);
  auto kind = std::regex::ECMAScript;
  if (flags.find('i') != std::string::npos) kind |= std::regex::icase;
  try {
    return std::regex_search(std::string(name), std::regex(pattern.substr(1, end - 1), kind));
  } catch (const std::regex_error&) {
    return false;
  }
}

core::Json rect_json(const Rect& r, double scale) {
  const auto round = [scale](float v) { return std::round(v * scale * 10) / 10; };
  return core::Json::array({round(r.x), round(r.y), round(r.width), round(r.height)});
}

core::Json state_json(const NodeState& state) {
  core::Json list = core::Json::array();
  if (state.focused) list.push_back("focused");
  if (state.pressed) list.push_back("pressed");
  if (state.selected) list.push_back("selected");
  if (state.busy) list.push_back("busy");
  if (state.disabled) list.push_back("disabled");
  return list;
}

std::string masked(const std::string& value) {
  std::string dots;
  for (std::size_t i = 0; i < core::count_code_points(value); ++i) dots += "\u2022";
  return dots;
}

core::Json node_json(const Node& node, const Metrics& metrics) {
  core::Json json = {{"id", static_cast<std::uint64_t>(node.id)},
                     {"role", to_string(node.role)},
                     {"name", text::without_bidi_controls(node.name)},
                     {"rect_px", rect_json(node.rect, 1)},
                     {"rect_mm", rect_json(node.rect, metrics.pitch_mm)}};
  if (!node.value.empty()) json["value"] = node.secret ? masked(node.value) : text::without_bidi_controls(node.value);
  if (!node.hint.empty()) json["hint"] = text::without_bidi_controls(node.hint);
  if (!node.language.empty()) json["language"] = node.language;
  if (const core::Json state = state_json(node.state); !state.empty()) json["state"] = state;
  if (!node.state.disabled_reason.empty()) json["disabled_reason"] = node.state.disabled_reason;
  if (node.parent != NodeId::None) json["parent"] = static_cast<std::uint64_t>(node.parent);
  if (node.scroll_parent != NodeId::None) {
    json["scroll_parent"] = static_cast<std::uint64_t>(node.scroll_parent);
    json["visible_px"] = rect_json(node.visible, 1);
  }
  if (node.action) json["action"] = true;
  if (node.clipped) json["clipped"] = true;
  if (node.decoration) json["decoration"] = true;
  if (node.level > 0) json["level"] = node.level;
  if (node.count > 0) json["position"] = core::Json::array({node.position, node.count});
  return json;
}

}  // namespace

std::string_view to_string(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view name) {
  const auto found = std::find(kRoles.begin(), kRoles.end(), name);
  if (found == kRoles.end()) return std::nullopt;
  return static_cast<Role>(found - kRoles.begin());
}

bool NamePattern::matches(std::string_view name) const {
  if (text.empty()) return true;
  const std::string plain = text::without_bidi_controls(name);
  if (text.size() > 2 && text.front() == '/' && text.rfind('/') > 0) return matches_expression(text, plain);
  return plain == text::without_bidi_controls(text);
}

const Node* Scene::find(NodeId id) const {
  const auto found = std::find_if(nodes_.begin(), nodes_.end(), [id](const Node& n) { return n.id == id; });
  return found == nodes_.end() ? nullptr : &*found;
}

const Node* Scene::find(Role role, const NamePattern& name) const {
  for (const Node& node : nodes_)
    if (node.role == role && reachable(node) && name.matches(node.name)) return &node;
  return nullptr;
}

std::vector<const Node*> Scene::all(Role role) const {
  std::vector<const Node*> found;
  for (const Node& node : nodes_)
    if (node.role == role) found.push_back(&node);
  return found;
}

const Node* Scene::hit(Point p) const {
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node)
    if (node->action && !node->state.disabled && contains(node->visible, p) && reachable(*node)) return &*node;
  return nullptr;
}

bool Scene::reachable(const Node& node) const {
  if (modal == NodeId::None || node.id == modal) return true;
  NodeId up = node.parent;
  for (int depth = 0; up != NodeId::None && depth < 32; ++depth) {
    if (up == modal) return true;
    const Node* parent = find(up);
    up = parent ? parent->parent : NodeId::None;
  }
  return false;
}

void Scene::clear() {
  nodes_.clear();
  modal = NodeId::None;
}

void Scene::forget() {
  clear();
  nodes_.shrink_to_fit();
}

core::Json to_json(const Scene& scene) {
  core::Json nodes = core::Json::array();
  for (const Node& node : scene.nodes()) nodes.push_back(node_json(node, scene.metrics));
  return {{"width_px", scene.metrics.width_px},
          {"height_px", scene.metrics.height_px},
          {"pitch_mm", scene.metrics.pitch_mm},
          {"language", scene.language},
          {"direction", scene.rtl ? "rtl" : "ltr"},
          {"reach_px", rect_json(scene.reach, 1)},
          {"focused", static_cast<std::uint64_t>(scene.focused)},
          {"modal", static_cast<std::uint64_t>(scene.modal)},
          {"nodes", std::move(nodes)}};
}

}  // namespace kiosk::ui
