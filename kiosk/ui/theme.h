// Colour roles, themes and text sizes. Code names roles, never colours; every theme is held to contrast by check().
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/text/layout.h"

namespace kiosk::ui {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;
};
constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex)};
}
constexpr Colour with_alpha(Colour c, int alpha) { return {c.r, c.g, c.b, static_cast<std::uint8_t>(alpha)}; }
// `amount` of `b` (0 .. 1) mixed into `a`, in sRGB.
Colour mix(Colour a, Colour b, double amount);
// "#0a5c63"; Invalid names what is wrong.
core::Result<Colour> parse_colour(std::string_view hex);
// WCAG 2 contrast ratio, 1 .. 21.
double contrast(Colour a, Colour b);

enum class ThemeName { Light, Dark, BlackOnWhite, YellowOnBlack };

enum class Ink { Ink, Quiet, Primary, OnPrimary, Good, Caution, Bad };  // what text and icons are drawn in
enum class Tone { Neutral, Primary, Good, Caution, Bad };               // of badges and notices

struct Theme {
  ThemeName name = ThemeName::Light;
  Colour canvas;  // behind everything
  Colour paper;   // cards, fields, bars
  Colour ink;     // text
  Colour quiet;   // secondary text
  Colour line;    // edges of cards and fields
  Colour primary, on_primary, primary_pressed;
  Colour paper_pressed;                                    // cards and secondary buttons under a finger
  Colour focus;                                            // the ring
  Colour good, caution, bad;                               // text and icons
  Colour good_tint, caution_tint, bad_tint, primary_tint;  // behind them
  Colour mark;                                             // behind matched words, and selected days
  Colour shadow;                                           // with alpha; 0 in the high-contrast themes
  Colour veil;                                             // over the page under a dialog

  Colour of(Ink ink) const;
  Colour of(Tone tone) const;       // ink of the tone
  Colour tint_of(Tone tone) const;  // ground of the tone
  bool operator==(const Theme&) const = default;
};

const Theme& theme(ThemeName name);

// The theme with an authority's own primary; its text and pressed colours are derived. Refused (error Invalid, with
// the ratio in words) where check() would find fault with it: as text on canvas, paper and its tint, or under its text.
// The two high-contrast themes keep their own primary: the override is ignored there.
core::Result<Theme> with_primary(const Theme& base, Colour primary);

struct ContrastFault {
  std::string what;  // "quiet on paper"
  double ratio = 0, needed = 0;
};
// Text at least 7:1 on all it may stand on, edges, icons and the focus ring 3:1. Empty for a sound theme.
std::vector<ContrastFault> check(const Theme& theme);

// Four steps of text: capital height of body text 4.8, 6.0, 7.3, 9.0 mm (Section 508 402.4; EN 301 549 5.1.4).
inline constexpr int kTextSizes = 4;
enum class Type {
  Body,
  Strong,
  Heading,
  Title,
  Display
};  // Strong: body in bold; Display: a code or clock to be read aloud
// Millimetres of capital height. Headings grow less than body, so that a long word still fits a portrait panel.
double cap_height_mm(Type type, int text_size);

}  // namespace kiosk::ui
