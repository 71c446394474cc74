// Text laid out: shaped, ordered for both directions, broken into lines. Positions are pixels from the paragraph's top
// left corner, y downwards. Bytes are indexes into Paragraph::text().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/text/bidi.h"
#include "kiosk/text/fonts.h"

typedef struct _PangoFont PangoFont;

namespace kiosk::text {

enum class Weight : std::uint8_t { Regular, Bold };
enum class Align : std::uint8_t { Start, Centre, End };  // start is the right side in right-to-left text

// The height of Noto Sans' capitals as a share of its em. Sizes on screen are millimetres of capital height.
inline constexpr double kCapHeightOfEm = 0.714;
constexpr double em_for_cap_height(double cap_height_px) { return cap_height_px / kCapHeightOfEm; }

struct TextStyle {
  double size_px = 24;  // the em; 4 .. 1000
  Weight weight = Weight::Regular;
  std::string language = "en";         // BCP 47; chooses the family and the forms of letters
  std::optional<Direction> direction;  // of the paragraph; the language's where not given
  Align alignment = Align::Start;
  int max_width_px = 0;     // lines break here, inside a word if it must be; 0 is no limit, and 2 em the least
  int max_lines = 0;        // beyond it the last line ends in an ellipsis; 0 is no limit
  double line_spacing = 1;  // times the font's own line height; lines never overlap, whatever is asked

  bool operator==(const TextStyle&) const = default;
};

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;  // one past the last byte
  bool operator==(const ByteRange&) const = default;
};

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
  float right() const { return x + width; }
  float bottom() const { return y + height; }
};

// A font at a size and weight, known to the TextEngine that gave it.
enum class FontId : std::uint32_t {};

struct Glyph {
  FontId font{};
  std::uint32_t index = 0;  // in the font
  float x = 0, y = 0;       // the pen: left end on the baseline
  bool marked = false;      // inside one of the ranges given to layout()
};

struct Line {
  float top = 0, bottom = 0;  // what the line takes up; at least its ink
  float baseline = 0;
  float x = 0, width = 0;          // of the advance widths, after alignment
  std::size_t begin = 0, end = 0;  // bytes
  std::size_t glyph_begin = 0, glyph_end = 0;
};

// Immutable; may be read from any thread.
class Paragraph {
 public:
  Paragraph() = default;
  ~Paragraph();  // wipes its text
  Paragraph(const Paragraph&) = delete;
  Paragraph& operator=(const Paragraph&) = delete;

  const std::string& text() const { return text_; }       // what was laid out: valid UTF-8, perhaps cut
  float width() const { return width_; }                  // max_width_px where given, else that of the longest line
  float natural_width() const { return natural_width_; }  // that of the longest line
  float height() const { return height_; }
  const Rect& ink() const { return ink_; }  // may stick out of 0..width at the sides by a few pixels
  bool is_rtl() const { return rtl_; }
  bool ellipsised() const { return ellipsised_; }  // something was left out
  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<Glyph>& glyphs() const { return glyphs_; }

  // The caret before the character at `byte` (or at the end): width 0. A byte inside a character counts as its begin.
  Rect cursor(std::size_t byte) const;
  // The place between two characters nearest to the point; points outside give the nearest line's.
  std::size_t byte_at(float x, float y) const;
  // The next or previous place a caret may stand (whole visible characters), in reading order.
  std::size_t next_stop(std::size_t byte) const;
  std::size_t previous_stop(std::size_t byte) const;
  // Boxes that cover the range, at most a few a line, for marking and selection.
  std::vector<Rect> boxes(ByteRange range) const;

  std::size_t memory_bytes() const;  // about

 private:
  friend class ParagraphBuilder;
  struct Stop {
    std::uint32_t byte = 0;
    std::uint32_t line = 0;
    float left = 0,
          right = 0;  // the character's sides; the caret stands at `left`, or at `right` in right-to-left runs
    bool rtl = false;
  };
  std::size_t stop_index(std::size_t byte) const;

  std::string text_;
  std::size_t own_bytes_ = 0;  // of text_, before the ellipsis of one that was cut
  float width_ = 0, natural_width_ = 0, height_ = 0;
  Rect ink_;
  bool rtl_ = false, ellipsised_ = false;
  std::vector<Line> lines_;
  std::vector<Glyph> glyphs_;
  std::vector<Stop> stops_;  // by byte; the last is the end of the text
};

using ParagraphPtr = std::shared_ptr<const Paragraph>;

// Longer texts are cut here, with an ellipsis: nobody reads them on a kiosk, and shaping them would stop the screen.
inline constexpr std::size_t kMaxLayoutBytes = 64 * 1024;

// Lays out and remembers. One per thread that uses it; not thread-safe.
class TextEngine {
 public:
  ~TextEngine();
  TextEngine(const TextEngine&) = delete;
  TextEngine& operator=(const TextEngine&) = delete;

  struct Options {
    std::vector<std::filesystem::path> font_folders = default_font_folders();
    std::size_t cache_bytes = std::size_t{8} << 20;  // of remembered paragraphs; the least recently used go first
  };
  static core::Result<std::unique_ptr<TextEngine>> create(Options options);
  static core::Result<std::unique_ptr<TextEngine>> create() { return create(Options{}); }

  // Never fails: invalid UTF-8 is shown as U+FFFD, sizes are clamped. Line feeds begin a new line. `marked` ranges are
  // bytes of the text given (of valid UTF-8).
  ParagraphPtr layout(std::string_view utf8, const TextStyle& style, const std::vector<ByteRange>& marked = {});

  // The height of one line of the style's language: what a row needs before its text is known.
  float line_height(const TextStyle& style);

  PangoFont* font(FontId id) const;  // for the rasteriser; never null for an id of this engine

  struct Counters {
    std::uint64_t hits = 0, misses = 0;
    std::size_t cached_bytes = 0, cached_paragraphs = 0, fonts = 0, font_files = 0;
  };
  Counters counters() const;
  // At the end of a visit, for texts may be personal: empties the cache, but for what keep() found there.
  void forget();
  // What is remembered now is nobody's: the page that waits for the next visit is not laid out anew after each one.
  void keep();

 private:
  struct State;
  explicit TextEngine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::text
