// The fonts of the kiosk: Noto from Debian's fonts-noto-core and fonts-noto-cjk, named per language and script, and
// nothing else of what a machine happens to have installed. Files are read only when a script is first laid out.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"

typedef struct _PangoFontMap PangoFontMap;

namespace kiosk::text {

// Where Debian and its relatives put the Noto fonts; a file is taken from the first that has it.
const std::vector<std::filesystem::path>& default_font_folders();

// A Pango font map over a private fontconfig. One per thread that lays out text.
class FontLibrary {
 public:
  ~FontLibrary();
  FontLibrary(const FontLibrary&) = delete;
  FontLibrary& operator=(const FontLibrary&) = delete;

  // Error NotFound names the package where no folder holds NotoSans-Regular.ttf and NotoSans-Bold.ttf.
  static core::Result<std::unique_ptr<FontLibrary>> open(
      const std::vector<std::filesystem::path>& folders = default_font_folders());

  // Reads the font files that `text` in `language` needs and are not yet there. Files that are missing (a minimal
  // installation) are logged once, and their characters are shown as boxes.
  void prepare(std::string_view text, std::string_view language);

  // Comma-separated families for Pango, best first: "Noto Nastaliq Urdu,Noto Sans" for "ur".
  std::string families(std::string_view language) const;

  PangoFontMap* font_map() const;
  std::size_t files_loaded() const;

 private:
  struct State;
  explicit FontLibrary(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::text
