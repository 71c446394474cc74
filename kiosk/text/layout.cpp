#include "kiosk/text/layout.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <list>
#include <unordered_map>

#include "kiosk/core/owned.h"
#include "kiosk/core/pause.h"
#include "kiosk/core/secret.h"
#include "kiosk/core/strings.h"
#include "kiosk/text/font_table.h"
#include "kiosk/text/paragraph_builder.h"

namespace kiosk::text {

namespace {

template <class T>
void append_raw(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string key_of(std::string_view text, const TextStyle& style, const std::vector<ByteRange>& marked) {
  std::string key;
  key.reserve(text.size() + style.language.size() + 48 + marked.size() * sizeof(ByteRange));
  append_raw(key, style.size_px);
  append_raw(key, style.line_spacing);
  append_raw(key, style.max_width_px);
  append_raw(key, style.max_lines);
  key += static_cast<char>(style.weight);
  key += static_cast<char>(style.alignment);
  key += !style.direction ? '?' : *style.direction == Direction::RightToLeft ? 'r' : 'l';
  append_raw(key, marked.size());
  for (const ByteRange& range : marked) append_raw(key, range);
  key += style.language;
  key += '\0';
  key += text;
  return key;
}

constexpr double kNarrowestEms = 2;

TextStyle clamped(TextStyle style) {
  const auto number_within = [](double value, double low, double high) {
    return value >= low ? std::min(value, high) : low;  // NaN becomes `low`
  };
  style.size_px = number_within(style.size_px, 4, 1000);
  style.line_spacing = number_within(style.line_spacing, 0.5, 4);
  style.max_width_px = std::clamp(style.max_width_px, 0, 1 << 16);
  // Pango 1.50 ends the process (an assertion in process_line) on some hostile texts in lines narrower than a
  // character.
  if (style.max_width_px > 0)
    style.max_width_px = std::max(style.max_width_px, static_cast<int>(kNarrowestEms * style.size_px));
  style.max_lines = std::max(style.max_lines, 0);
  if (style.language.size() > 35) style.language.clear();  // longer than any BCP 47 tag in use
  return style;
}

}  // namespace

struct TextEngine::State {
  // A remembered paragraph. Keys hold the text, which may be personal, so they are wiped.
  struct Entry {
    std::string key;
    ParagraphPtr paragraph;
    std::size_t bytes = 0;
    bool kept = false;  // nobody's, and so it outlives forget()
    Entry(std::string k, ParagraphPtr p) : key(std::move(k)), paragraph(std::move(p)) {
      bytes = key.size() + paragraph->memory_bytes() + 128;
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry() { core::wipe(key); }
  };

  std::unique_ptr<FontLibrary> library;
  core::Owned<PangoContext, g_object_unref> context;
  FontTable fonts;
  std::size_t cache_limit = 0;
  std::list<Entry> entries;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index;
  Counters counters;

  ParagraphPtr find(const std::string& key) {
    const auto found = index.find(key);
    if (found == index.end()) return nullptr;
    entries.splice(entries.begin(), entries, found->second);
    return found->second->paragraph;
  }

  void remember(std::string key, const ParagraphPtr& paragraph) {
    entries.emplace_front(std::move(key), paragraph);
    index.emplace(entries.front().key, entries.begin());
    counters.cached_bytes += entries.front().bytes;
    while (counters.cached_bytes > cache_limit && !entries.empty()) drop(std::prev(entries.end()));
  }

  std::list<Entry>::iterator drop(std::list<Entry>::iterator entry) {
    counters.cached_bytes -= entry->bytes;
    index.erase(entry->key);
    return entries.erase(entry);
  }

  ParagraphPtr build(std::string_view utf8, const TextStyle& style, const std::vector<ByteRange>& marked) {
    const bool cut = utf8.size() > kMaxLayoutBytes;
    std::string text = core::sanitise_utf8(core::truncate_utf8(utf8, kMaxLayoutBytes));
    if (cut) text += core::kEllipsis;
    library->prepare(text, style.language);
    const std::string families = library->families(style.language);
    ParagraphBuilder builder(context.get(), fonts, families, style, marked);
    return builder.build(std::move(text), cut);
  }
};

TextEngine::TextEngine(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextEngine::~TextEngine() = default;

core::Result<std::unique_ptr<TextEngine>> TextEngine::create(Options options) {
  KIOSK_TRY(auto library, FontLibrary::open(options.font_folders));
  auto state = std::make_unique<State>();
  state->library = std::move(library);
  state->cache_limit = options.cache_bytes;
  state->context.reset(pango_font_map_create_context(state->library->font_map()));
  // Unhinted, at fractions of a pixel: the same shapes at every size, and widths that add up.
  core::Owned<cairo_font_options_t, cairo_font_options_destroy> render(cairo_font_options_create());
  cairo_font_options_set_antialias(render.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(render.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(render.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(state->context.get(), render.get());
  pango_context_set_round_glyph_positions(state->context.get(), FALSE);
  return std::unique_ptr<TextEngine>(new TextEngine(std::move(state)));
}

ParagraphPtr TextEngine::layout(std::string_view utf8, const TextStyle& style, const std::vector<ByteRange>& marked) {
  std::string key = key_of(utf8, style, marked);
  if (ParagraphPtr known = state_->find(key)) {
    core::wipe(key);
    ++state_->counters.hits;
    return known;
  }
  ++state_->counters.misses;
  ParagraphPtr paragraph = state_->build(utf8, clamped(style), marked);
  state_->remember(std::move(key), paragraph);
  return paragraph;
}

float TextEngine::line_height(const TextStyle& style) {
  TextStyle one_line = style;
  one_line.max_width_px = 0;
  one_line.max_lines = 1;
  const char* sample = pango_language_get_sample_string(pango_language_from_string(style.language.c_str()));
  return layout(sample, one_line)->height();
}

PangoFont* TextEngine::font(FontId id) const { return state_->fonts.font(id); }

TextEngine::Counters TextEngine::counters() const {
  Counters result = state_->counters;
  result.cached_paragraphs = state_->entries.size();
  result.fonts = state_->fonts.size();
  result.font_files = state_->library->files_loaded();
  return result;
}

void TextEngine::forget() {
  for (auto entry = state_->entries.begin(); entry != state_->entries.end();)
    entry = entry->kept ? std::next(entry) : state_->drop(entry);
}

void TextEngine::keep() {
  for (State::Entry& entry : state_->entries) entry.kept = true;
}

}  // namespace kiosk::text
