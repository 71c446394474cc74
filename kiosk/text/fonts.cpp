#include "kiosk/text/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <set>
#include <system_error>

#include "kiosk/core/log.h"
#include "kiosk/core/owned.h"
#include "kiosk/core/strings.h"

namespace kiosk::text {

namespace {

// One family of fonts-noto-core, and the writing it is for.
struct Family {
  GUnicodeScript script;
  const char* stem;  // of the files: <stem>-Regular.ttf, <stem>-Bold.ttf
  const char* name;  // inside the files
};

constexpr Family kBase{G_UNICODE_SCRIPT_LATIN, "NotoSans", "Noto Sans"};  // Latin, Greek and Cyrillic
constexpr Family kUrdu{G_UNICODE_SCRIPT_ARABIC, "NotoNastaliqUrdu", "Noto Nastaliq Urdu"};

constexpr std::array kScripts{
    Family{G_UNICODE_SCRIPT_ARABIC, "NotoSansArabic", "Noto Sans Arabic"},
    Family{G_UNICODE_SCRIPT_HEBREW, "NotoSansHebrew", "Noto Sans Hebrew"},
    Family{G_UNICODE_SCRIPT_DEVANAGARI, "NotoSansDevanagari", "Noto Sans Devanagari"},
    Family{G_UNICODE_SCRIPT_BENGALI, "NotoSansBengali", "Noto Sans Bengali"},
    Family{G_UNICODE_SCRIPT_GURMUKHI, "NotoSansGurmukhi", "Noto Sans Gurmukhi"},
    Family{G_UNICODE_SCRIPT_GUJARATI, "NotoSansGujarati", "Noto Sans Gujarati"},
    Family{G_UNICODE_SCRIPT_ORIYA, "NotoSansOriya", "Noto Sans Oriya"},
    Family{G_UNICODE_SCRIPT_TAMIL, "NotoSansTamil", "Noto Sans Tamil"},
    Family{G_UNICODE_SCRIPT_TELUGU, "NotoSansTelugu", "Noto Sans Telugu"},
    Family{G_UNICODE_SCRIPT_KANNADA, "NotoSansKannada", "Noto Sans Kannada"},
    Family{G_UNICODE_SCRIPT_MALAYALAM, "NotoSansMalayalam", "Noto Sans Malayalam"},
    Family{G_UNICODE_SCRIPT_SINHALA, "NotoSansSinhala", "Noto Sans Sinhala"},
    Family{G_UNICODE_SCRIPT_THAI, "NotoSansThai", "Noto Sans Thai"},
    Family{G_UNICODE_SCRIPT_LAO, "NotoSansLao", "Noto Sans Lao"},
    Family{G_UNICODE_SCRIPT_MYANMAR, "NotoSansMyanmar", "Noto Sans Myanmar"},
    Family{G_UNICODE_SCRIPT_KHMER, "NotoSansKhmer", "Noto Sans Khmer"},
    Family{G_UNICODE_SCRIPT_GEORGIAN, "NotoSansGeorgian", "Noto Sans Georgian"},
    Family{G_UNICODE_SCRIPT_ARMENIAN, "NotoSansArmenian", "Noto Sans Armenian"},
    Family{G_UNICODE_SCRIPT_ETHIOPIC, "NotoSansEthiopic", "Noto Sans Ethiopic"},
    Family{G_UNICODE_SCRIPT_TIBETAN, "NotoSerifTibetan", "Noto Serif Tibetan"},
    Family{G_UNICODE_SCRIPT_SYRIAC, "NotoSansSyriac", "Noto Sans Syriac"},
    Family{G_UNICODE_SCRIPT_THAANA, "NotoSansThaana", "Noto Sans Thaana"},
    Family{G_UNICODE_SCRIPT_TIFINAGH, "NotoSansTifinagh", "Noto Sans Tifinagh"},
    Family{G_UNICODE_SCRIPT_NKO, "NotoSansNKo", "Noto Sans NKo"},
};

// Arrows, ticks, telephones: characters of no script that the base family lacks.
constexpr std::array kSymbols{
    Family{G_UNICODE_SCRIPT_COMMON, "NotoSansSymbols2", "Noto Sans Symbols2"},
    Family{G_UNICODE_SCRIPT_COMMON, "NotoSansSymbols", "Noto Sans Symbols"},
    Family{G_UNICODE_SCRIPT_COMMON, "NotoSansMath", "Noto Sans Math"},
};

// Chinese, Japanese and Korean write the same characters in shapes of their own: fonts-noto-cjk has a family for each,
// all in one file, and each of them has every character.
constexpr const char* kCjkStem = "NotoSansCJK";
constexpr const char* kCjkDefault = "Noto Sans CJK SC";

bool is_cjk(gunichar character, GUnicodeScript script) {
  switch (script) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return true;
    default:  // punctuation and enclosed characters of theirs, full and half width
      return (character >= 0x3000 && character <= 0x33ff) || (character >= 0xff00 && character <= 0xffef);
  }
}

// "" for languages that are not written so. Tags are BCP 47, in any case: "zh-Hant", "zh_TW".
std::string_view cjk_family(std::string_view language) {
  const std::string tag = core::to_lower_ascii(language);
  const std::string_view primary = std::string_view(tag).substr(0, tag.find_first_of("-_"));
  if (primary == "ja") return "Noto Sans CJK JP";
  if (primary == "ko") return "Noto Sans CJK KR";
  if (primary == "yue" || tag.ends_with("hk") || tag.ends_with("mo")) return "Noto Sans CJK HK";
  if (primary != "zh") return {};
  return tag.find("hant") != std::string::npos || tag.ends_with("tw") ? "Noto Sans CJK TC" : kCjkDefault;
}

bool is_urdu(std::string_view language) {
  return language == "ur" || language.starts_with("ur-") || language.starts_with("ur_");
}

// The writing a language uses in practice, for the order of families; Latin where it needs nothing but the base.
GUnicodeScript script_of(std::string_view language) {
  int count = 0;
  const PangoScript* scripts =
      pango_language_get_scripts(pango_language_from_string(std::string(language).c_str()), &count);
  return scripts && count > 0 ? static_cast<GUnicodeScript>(scripts[0]) : G_UNICODE_SCRIPT_LATIN;
}

// Pango starts a thread that loads the process's own fontconfig, all fonts of the machine, unless there is one already:
// an empty one spares its time and memory (measured: 5 ms of 8, with fontconfig's cache at hand).
void keep_system_fonts_out() {
  static const bool done = [] {
    FcConfig* empty = FcConfigCreate();
    return empty && FcConfigSetCurrent(empty);
  }();
  (void)done;
}

bool readable(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::is_regular_file(file, error);
}

}  // namespace

const std::vector<std::filesystem::path>& default_font_folders() {
  static const std::vector<std::filesystem::path> folders{
      "/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto",
      "/usr/share/fonts/google-noto",   "/usr/local/share/fonts/noto",
  };
  return folders;
}

struct FontLibrary::State {
  std::vector<std::filesystem::path> folders;
  core::Owned<FcConfig, FcConfigDestroy> config;
  core::Owned<FcCharSet, FcCharSetDestroy> covered;  // by the base family
  core::Owned<PangoFontMap, g_object_unref> map;
  std::set<std::string_view> tried;   // stems
  std::vector<std::string> families;  // loaded for a script, in the order of loading, Nastaliq excepted
  std::size_t files = 0;

  ~State() {
    // Pango 1.50 leaks its reference to the configuration otherwise.
    if (map) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), nullptr);
  }

  // Debian has TrueType and OpenType fonts in different folders.
  bool add_file(const std::string& name) {
    const auto place = std::find_if(folders.begin(), folders.end(),
                                    [&](const std::filesystem::path& each) { return readable(each / name); });
    if (place == folders.end()) return false;
    const auto file = *place / name;
    if (!FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(file.c_str()))) return false;
    ++files;
    return true;
  }

  // True where it added a file. Bold is missing for some scripts: Pango then emboldens the regular.
  bool add(const Family& family) {
    if (!tried.insert(family.stem).second) return false;
    if (!add_file(std::string(family.stem) + "-Regular.ttf")) {
      core::log_warning("text.font_missing", {{"font", family.name}});
      return false;
    }
    add_file(std::string(family.stem) + "-Bold.ttf");
    if (family.stem != kUrdu.stem) families.emplace_back(family.name);
    return true;
  }

  bool add_cjk() {
    if (!tried.insert(kCjkStem).second) return false;
    if (!add_file(std::string(kCjkStem) + "-Regular.ttc")) {
      core::log_warning("text.font_missing", {{"font", kCjkDefault}, {"package", "fonts-noto-cjk"}});
      return false;
    }
    add_file(std::string(kCjkStem) + "-Bold.ttc");
    families.emplace_back(kCjkDefault);
    return true;
  }

  void remember_coverage() {
    covered.reset(FcCharSetCreate());
    const FcFontSet* fonts = FcConfigGetFonts(config.get(), FcSetApplication);
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
      FcCharSet* characters = nullptr;
      if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch) {
        FcCharSetMerge(covered.get(), characters, nullptr);
      }
    }
  }

  bool add_for_character(gunichar character, bool urdu) {
    if (character < 0x0250 || FcCharSetHasChar(covered.get(), character)) return false;
    const GUnicodeScript script = g_unichar_get_script(character);
    if (is_cjk(character, script)) return add_cjk();
    if (script == G_UNICODE_SCRIPT_COMMON) {
      bool added = false;
      for (const Family& family : kSymbols) added |= add(family);
      return added;
    }
    bool added = urdu && script == kUrdu.script && add(kUrdu);
    const auto family =
        std::find_if(kScripts.begin(), kScripts.end(), [&](const Family& f) { return f.script == script; });
    if (family != kScripts.end()) added |= add(*family);
    return added;
  }
};

FontLibrary::FontLibrary(std::unique_ptr<State> state) : state_(std::move(state)) {}
FontLibrary::~FontLibrary() = default;

core::Result<std::unique_ptr<FontLibrary>> FontLibrary::open(const std::vector<std::filesystem::path>& folders) {
  const auto found = std::find_if(folders.begin(), folders.end(), [](const std::filesystem::path& folder) {
    return readable(folder / "NotoSans-Regular.ttf") && readable(folder / "NotoSans-Bold.ttf");
  });
  if (found == folders.end()) {
    return core::make_error(core::ErrorKind::NotFound,
                            "the fonts are missing: install Debian's package fonts-noto-core",
                            folders.empty() ? "" : (folders.front() / "NotoSans-Regular.ttf").string());
  }
  keep_system_fonts_out();
  auto state = std::make_unique<State>();
  state->folders = folders;
  state->config.reset(FcConfigCreate());
  state->map.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!state->config || !state->map) {
    return core::make_error(core::ErrorKind::Internal, "Pango has no FreeType fonts in this build");
  }
  if (!state->add(kBase)) {
    return core::make_error(core::ErrorKind::Corrupt, "fontconfig cannot read the font", found->string());
  }
  state->families.clear();  // the base is named by families() itself
  state->remember_coverage();
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(state->map.get()), state->config.get());
  return std::unique_ptr<FontLibrary>(new FontLibrary(std::move(state)));
}

void FontLibrary::prepare(std::string_view text, std::string_view language) {
  const bool urdu = is_urdu(language);
  bool added = false;
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at += g_utf8_skip[static_cast<unsigned char>(*at)]) {
    if (static_cast<unsigned char>(*at) < 0x80) continue;
    added |= state_->add_for_character(g_utf8_get_char(at), urdu);
  }
  if (added) pango_fc_font_map_config_changed(PANGO_FC_FONT_MAP(state_->map.get()));
}

std::string FontLibrary::families(std::string_view language) const {
  std::string result;
  const auto append = [&](std::string_view name) {
    if (!result.empty()) result += ',';
    result += name;
  };
  if (is_urdu(language)) {
    append(kUrdu.name);
  } else {
    const auto own = std::find_if(kScripts.begin(), kScripts.end(),
                                  [script = script_of(language)](const Family& f) { return f.script == script; });
    // Not so Arabic, which has commas and figures of its own: they would make a line of English taller than the next.
    if (own != kScripts.end() && own->script != G_UNICODE_SCRIPT_ARABIC) append(own->name);
  }
  append(kBase.name);
  // After the base: Latin letters and digits look as everywhere else.
  if (const std::string_view cjk = cjk_family(language); !cjk.empty()) append(cjk);
  for (const std::string& family : state_->families) append(family);
  return result;
}

PangoFontMap* FontLibrary::font_map() const { return state_->map.get(); }
std::size_t FontLibrary::files_loaded() const { return state_->files; }

}  // namespace kiosk::text
