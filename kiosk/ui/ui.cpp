#include "kiosk/ui/ui.h"

#include <algorithm>

#include "kiosk/text/bidi.h"
#include "kiosk/ui/focus.h"
#include "kiosk/ui/ui_state.h"

namespace kiosk::ui {
namespace {

std::uint64_t hashed(std::uint64_t seed, std::string_view text) {  // FNV-1a
  std::uint64_t h = seed ^ 0x2f;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  h ^= h >> 32;
  return h == 0 ? 1 : h;
}

constexpr std::uint64_t kSeed = 0xcbf29ce484222325ull;

}  // namespace

Ui::Ui(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ui::~Ui() = default;

core::Result<std::unique_ptr<Ui>> Ui::create(text::TextEngine& engine, Metrics metrics) {
  if (metrics.width_px < 320 || metrics.height_px < 240 || metrics.width_px > 8192 || metrics.height_px > 8192)
    return core::make_error(core::ErrorKind::Invalid, "panel is not between 320 x 240 and 8192 x 8192 pixels");
  if (!(metrics.pitch_mm >= 0.05 && metrics.pitch_mm <= 1))
    return core::make_error(core::ErrorKind::Invalid, "pixel pitch is not between 0.05 and 1 mm");
  std::unique_ptr<Ui> ui(new Ui(std::make_unique<State>(engine, metrics)));
  ui->state_->path.push_back(kSeed);
  ui->resize(metrics);
  return ui;
}

void Ui::resize(Metrics metrics) {
  State& s = *state_;
  s.metrics = metrics;
  s.software.resize(metrics.width_px, metrics.height_px);
  s.touch.cancel();
  s.heights.clear();
}

void Ui::begin(const Look& look, core::Milliseconds now) {
  State& s = *state_;
  s.look = look;
  s.now = now;
  s.touch.set_reduced_motion(look.reduced_motion);
  if (s.atlas.overflowed()) s.atlas.reset();
  s.activated = NodeId::None;
  s.unsettled = false;
  s.field = s.resized_area = NodeId::None;
  s.field_changed = false;
  s.drawing = true;
  s.take_input();
  const Touch::Step coasted = s.touch.coast(now);
  if (coasted.scrolled != NodeId::None) s.scroll_by(coasted.scrolled, coasted.scroll_by);

  s.scene.clear();
  s.scene.metrics = s.metrics;
  s.scene.rtl = rtl();
  s.scene.language = look.language->code();
  s.scene.reach = area();
  s.canvas.begin(s.metrics.width_px, s.metrics.height_px, rtl());
  s.canvas.fill({0, 0, static_cast<float>(s.metrics.width_px), static_cast<float>(s.metrics.height_px)},
                look.theme.canvas);
  s.uses.clear();
  s.flows.assign(1, Flow{.rect = area(), .gap = px(kUnitMm), .y = area().y});
}

bool Ui::end() {
  State& s = *state_;
  s.canvas.end();
  s.drawing = false;
  s.typed.clear();
  s.keep_field_in_sight();
  s.show_wanted();
  s.settle_focus();
  std::swap(s.scene, s.last);
  return !s.unsettled && !s.atlas.overflowed();
}

void Ui::State::settle_focus() {
  if (wanted_focus) {
    if (focus != *wanted_focus) unsettled = true;
    focus = *wanted_focus;
    ring = true;
    wanted_focus.reset();
  }
  const std::vector<const Node*> order = focus_order(scene);
  const auto found = std::find_if(order.begin(), order.end(), [this](const Node* n) { return n->id == focus; });
  if (found != order.end()) {
    focus_index = static_cast<std::size_t>(found - order.begin());
  } else if (focus != NodeId::None && !order.empty()) {
    // What had focus is gone: what now stands in its place has it, or the dialog's first where one opened.
    focus_index = scene.modal != NodeId::None ? 0 : std::min(focus_index, order.size() - 1);
    focus = order[focus_index]->id;
    unsettled = true;
  } else if (focus == NodeId::None && look.reading && !order.empty()) {
    focus = order.front()->id;  // by ear, there is always a place where one is
    ring = true;
    unsettled = true;
  }
  scene.focused = ring ? focus : NodeId::None;
}

std::optional<core::Milliseconds> Ui::next_frame() const {
  if (!state_->queue.empty()) return state_->now;
  if (state_->touch.coasting()) return state_->now + core::Milliseconds(16);
  return std::nullopt;
}

const Scene& Ui::scene() const { return state_->last; }

void Ui::page_is(std::uint64_t serial) {
  State& s = *state_;
  if (s.page == serial) return;
  s.page = serial;
  s.scrolls.clear();
  s.cursors.clear();
  s.typed.clear();
  s.touch.cancel();
  s.keyboard.reset();
  s.focus = NodeId::None;
  s.wanted_focus.reset();
  s.wanted_sight.reset();
}

void Ui::forget() {
  State& s = *state_;
  const std::uint64_t page = s.page;
  page_is(page + 1);
  s.page = page;
  s.heights.clear();
  s.queue.clear();
  s.keys.clear();
  s.ring = false;
  s.scene.forget();
  s.last.forget();
  s.atlas.forget();
  s.engine.forget();
}

void Ui::keep() {
  state_->atlas.keep();
  state_->engine.keep();
}

void Ui::reveal(NodeId id, float room_above) { state_->wanted_sight = State::Wanted{id, room_above}; }
void Ui::focus(NodeId id) { state_->wanted_focus = id; }
const Look& Ui::look() const { return state_->look; }
const Metrics& Ui::metrics() const { return state_->metrics; }
const Theme& Ui::theme() const { return state_->look.theme; }
bool Ui::rtl() const { return state_->look.language->direction() == text::Direction::RightToLeft; }
float Ui::px(double mm) const { return state_->metrics.px(mm); }
core::Milliseconds Ui::now() const { return state_->now; }
Canvas& Ui::canvas() { return state_->canvas; }
Keyboard& Ui::keyboard() { return state_->keyboard; }
Atlas& Ui::atlas() { return state_->atlas; }

std::string Ui::word(std::string_view key, const text::Args& args) const {
  return state_->look.language->format(key, args);
}

text::TextStyle Ui::style(Type type, float max_width_px, std::string_view language) const {
  const State& s = *state_;
  text::TextStyle style;
  style.size_px = text::em_for_cap_height(cap_height_mm(type, s.look.text_size) / s.metrics.pitch_mm);
  style.weight = type == Type::Body ? text::Weight::Regular : text::Weight::Bold;
  style.language = language.empty() ? s.look.language->code() : std::string(language);
  style.max_width_px = std::max(0, static_cast<int>(max_width_px));
  return style;
}

text::ParagraphPtr Ui::layout(std::string_view utf8, const text::TextStyle& wanted,
                              const std::vector<text::ByteRange>& marked) {
  text::TextStyle style = wanted;
  const auto page = look().language->direction();
  const bool lines_differ = !style.direction && rtl() && marked.empty() && utf8.find('\n') != std::string_view::npos &&
                            text::has_right_to_left(utf8);
  if (!style.direction) style.direction = direction_of(utf8, style.language);
  if (*style.direction != page && style.alignment != text::Align::Centre)  // it still begins where the page's lines do
    style.alignment = style.alignment == text::Align::Start ? text::Align::End : text::Align::Start;
  if (lines_differ) return state_->engine.layout(text::lines_in_own_direction(utf8), style, marked);
  return state_->engine.layout(utf8, style, marked);
}

// Names and texts of feeds come without a language: on a right-to-left page, what has no right-to-left letter in it
// keeps its own direction, so that its full stops stay at its end.
text::Direction Ui::direction_of(std::string_view utf8, std::string_view language) const {
  if (rtl() && !text::has_right_to_left(utf8)) return text::Direction::LeftToRight;
  return text::direction_of(language);
}

float Ui::line_height(Type type) { return state_->engine.line_height(style(type)); }

NodeId Ui::id(std::string_view name) const { return NodeId{hashed(state_->path.back(), name)}; }
NodeId Ui::text_id(std::string_view text) {
  const NodeId plain = id(text);
  const int before = state_->uses[plain]++;
  return before == 0 ? plain : NodeId{hashed(static_cast<std::uint64_t>(plain), std::to_string(before))};
}
void Ui::push_id(std::string_view name) { state_->path.push_back(hashed(state_->path.back(), name)); }
void Ui::push_id(std::size_t index) { push_id(std::to_string(index)); }
void Ui::pop_id() { state_->path.pop_back(); }

std::size_t Ui::add(Node node, const Rect& rect) {
  State& s = *state_;
  if (node.parent == NodeId::None && !s.parents.empty()) node.parent = s.parents.back();
  if (node.scroll_parent == NodeId::None && !s.scroll_areas.empty()) node.scroll_parent = s.scroll_areas.back();
  if (node.language.empty()) node.language = s.look.language->code();
  const bool waits = node.role == Role::Button && node.state.busy;  // focus stays on what was set going
  if (!s.look.reading && !node.action && !waits) node.focusable = false;
  if (node.action) node.focusable = true;
  node.state.pressed = pressed(node.id);
  node.state.focused = focused(node.id);
  s.scene.nodes().push_back(std::move(node));
  const std::size_t place = s.scene.nodes().size() - 1;
  finish(place, rect);
  return place;
}

void Ui::finish(std::size_t place, const Rect& rect) {
  Node& node = state_->scene.nodes()[place];
  node.rect = snapped(state_->canvas.on_glass(rect));
  node.visible = intersect(node.rect, state_->canvas.clip());
}

Node& Ui::node(std::size_t place) { return state_->scene.nodes()[place]; }
bool Ui::activated(NodeId id) const { return state_->activated == id; }
bool Ui::pressed(NodeId id) const { return id != NodeId::None && state_->touch.pressed() == id; }
bool Ui::focused(NodeId id) const { return state_->ring && state_->focus == id; }
void Ui::begin_parent(NodeId id) { state_->parents.push_back(id); }
void Ui::end_parent() { state_->parents.pop_back(); }

Rect Ui::area() const {
  const Metrics& m = state_->metrics;
  const auto height = static_cast<float>(m.height_px);
  const float reach = state_->look.low_reach ? std::min(height, px(m.reach_height_mm)) : height;
  return {0, height - reach, static_cast<float>(m.width_px), reach};
}

Regions Ui::regions(const PageSpec& spec) {
  Regions regions;
  Rect rest = area();
  const auto from_top = [&rest](float height) {
    const Rect part{rest.x, rest.y, rest.width, height};
    rest.y += height;
    rest.height -= height;
    return part;
  };
  const auto from_bottom = [&rest](float height) {
    rest.height -= height;
    return Rect{rest.x, rest.bottom(), rest.width, height};
  };
  regions.header = from_top(px(spec.header_mm));
  regions.footer = from_bottom(px(spec.footer_mm));
  if (spec.keyboard || spec.number_pad) {
    const KeyboardKind kind = spec.number_pad ? KeyboardKind::Number : KeyboardKind::Text;
    regions.keyboard = from_bottom(px(Keyboard::height_mm(*this, kind)));
  }
  regions.content = rest;
  return regions;
}

Rect Ui::content_column(const Rect& within, double max_mm) const {
  const float width = std::min(within.width - 2 * px(kMarginMm), px(max_mm));
  return {std::round(within.x + (within.width - width) / 2), within.y, width, within.height};
}

Rect Ui::take(float natural_width, float height) {
  Flow& f = state_->flow();
  if (!f.wrap) {
    const Rect rect{f.rect.x, f.next_y(), f.rect.width, height};
    f.y = rect.bottom();
    f.extra = 0;
    f.empty = false;
    return rect;
  }
  const float width = std::min(natural_width, f.rect.width);
  if (f.empty) f.line_top = f.y;
  if (!f.empty && f.x + f.gap + width > f.rect.right() + 0.5f) {
    f.line_top = f.y + f.gap;
    f.empty = true;
  }
  const float x = f.empty ? f.rect.x : f.x + f.gap;
  f.x = x + width;
  f.y = std::max(f.y, f.line_top + height);
  f.empty = false;
  return {x, f.line_top, width, height};
}

float Ui::width() const { return state_->flows.back().rect.width; }
float Ui::remaining() const {
  const Flow& f = state_->flows.back();
  return std::max(0.f, f.rect.bottom() - f.next_y());
}
void Ui::gap(double mm) { state_->flow().extra += px(mm); }
bool Ui::wrapping() const { return state_->flows.back().wrap; }

}  // namespace kiosk::ui
