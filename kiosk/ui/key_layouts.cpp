// Letters of the keyboard, read from libxkbcommon's layouts.
#include <glib.h>
#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <array>
#include <string>

#include "kiosk/core/owned.h"
#include "kiosk/ui/keyboard.h"

namespace kiosk::ui {
namespace {

using Letter = KeyboardLayout::Letter;

// Which layout a language is written with, and the letters that it needs beyond those.
struct Source {
  std::string_view language, layout, variant, extra;
};
constexpr std::array<Source, 28> kSources = {{
    {"en", "gb", "", ""},
    {"cy", "gb", "", "âêîôûŵŷ"},
    {"pl", "pl", "", "ąćęłńóśźż"},
    {"ro", "ro", "", "ăâîșț"},
    {"uk", "ua", "", ""},
    {"ru", "ru", "", ""},
    {"tr", "tr", "", ""},
    {"ar", "ara", "", ""},
    {"fa", "ir", "", ""},
    {"ur", "pk", "urd-phonetic", ""},
    {"ps", "af", "ps", ""},
    {"bn", "bd", "", ""},
    {"pa", "in", "guru", ""},
    {"gu", "in", "guj", ""},
    {"hi", "in", "hin-kagapa", ""},
    {"ta", "in", "tam", ""},
    {"am", "et", "", ""},
    {"ti", "et", "", ""},
    {"sq", "al", "", ""},
    {"lt", "lt", "", ""},
    {"lv", "lv", "", "āčēģīķļņšūž"},
    {"vi", "gb", "", "ăâđêôơư"},
    {"ne", "np", "", ""},
    {"fr", "gb", "", "àâçéèêëîïôùû"},
    {"es", "es", "", "áéíóúü"},
    {"pt", "gb", "", "ãáâàçéêíóôõú"},
    {"gd", "gb", "", "àèìòù"},
    {"ga", "gb", "", "áéíóú"},
}};

struct KeyRow {
  const char* prefix;
  int count;
};
// Letter rows of the desk's keyboard, and the digit row, where some languages keep letters.
constexpr std::array<KeyRow, 3> kRows = {{{"AD", 12}, {"AC", 11}, {"AB", 10}}};
constexpr KeyRow kDigitRow = {"AE", 12};

bool is_letter(std::uint32_t c) { return c != 0 && (g_unichar_isalpha(c) || g_unichar_ismark(c)); }

std::string utf8(std::uint32_t c) {
  char bytes[6];
  return std::string(bytes, static_cast<std::size_t>(g_unichar_to_utf8(c, bytes)));
}

using Context = core::Owned<xkb_context, xkb_context_unref>;
using Keymap = core::Owned<xkb_keymap, xkb_keymap_unref>;

std::uint32_t character(xkb_keymap* keymap, xkb_keycode_t key, xkb_level_index_t level) {
  const xkb_keysym_t* symbols = nullptr;
  const int count = xkb_keymap_key_get_syms_by_level(keymap, key, 0, level, &symbols);
  return count == 1 ? xkb_keysym_to_utf32(symbols[0]) : 0;
}

std::vector<Letter> letters_of(xkb_keymap* keymap, KeyRow row) {
  std::vector<Letter> letters;
  for (int i = 1; i <= row.count; ++i) {
    const std::string name = std::string(row.prefix) + (i < 10 ? "0" : "") + std::to_string(i);  // "AD07"
    const xkb_keycode_t key = xkb_keymap_key_by_name(keymap, name.c_str());
    if (key == XKB_KEYCODE_INVALID) continue;
    const std::uint32_t plain = character(keymap, key, 0), shifted = character(keymap, key, 1);
    if (!is_letter(plain)) continue;
    letters.push_back({utf8(plain), is_letter(shifted) ? utf8(shifted) : utf8(plain)});
  }
  return letters;
}

void add_extra(KeyboardLayout& layout, std::string_view letters) {
  const std::string text(letters);
  for (const char* p = text.c_str(); *p; p += g_utf8_skip[static_cast<unsigned char>(*p)]) {
    const std::uint32_t c = g_utf8_get_char(p);
    const Letter letter{utf8(c), utf8(g_unichar_toupper(c))};
    const auto same = [&letter](const Letter& l) { return l.plain == letter.plain; };
    const bool known = std::any_of(layout.rows.begin(), layout.rows.end(),
                                   [&](const auto& row) { return std::any_of(row.begin(), row.end(), same); });
    if (!known) layout.extra.push_back(letter);
  }
}

const Source& source_of(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  const auto found =
      std::find_if(kSources.begin(), kSources.end(), [base](const Source& s) { return s.language == base; });
  return found == kSources.end() ? kSources.front() : *found;
}

}  // namespace

core::Result<KeyboardLayout> load_layout(std::string_view language) {
  const Source& source = source_of(language);
  const std::string layout_name(source.layout), variant(source.variant);
  const Context context(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
  xkb_rule_names names{"evdev", "pc105", layout_name.c_str(), variant.c_str(), ""};
  const Keymap keymap(context ? xkb_keymap_new_from_names(context.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS)
                              : nullptr);
  if (!keymap)
    return core::make_error(core::ErrorKind::Unavailable, "no keyboard layout (is xkb-data installed?)", layout_name);
  KeyboardLayout layout;
  layout.language = std::string(source.language);
  for (const KeyRow row : kRows) layout.rows.push_back(letters_of(keymap.get(), row));
  layout.extra = letters_of(keymap.get(), kDigitRow);
  add_extra(layout, source.extra);
  return layout;
}

}  // namespace kiosk::ui
