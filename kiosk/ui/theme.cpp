#include "kiosk/ui/theme.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kiosk::ui {
namespace {

double channel(std::uint8_t value) {
  const double c = value / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) { return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b); }

Theme light() {
  Theme t;
  t.name = ThemeName::Light;
  t.canvas = rgb(0xf6f3ec);
  t.paper = rgb(0xffffff);
  t.ink = rgb(0x1a2023);
  t.quiet = rgb(0x454d52);
  t.line = rgb(0x85807a);
  t.primary = rgb(0x0b5058);
  t.on_primary = rgb(0xffffff);
  t.primary_pressed = rgb(0x073a40);
  t.paper_pressed = rgb(0xe4ecea);
  t.focus = rgb(0xb4420a);
  t.good = rgb(0x14522f);
  t.caution = rgb(0x663c00);
  t.bad = rgb(0x8a1313);
  t.good_tint = rgb(0xe2f1e5);
  t.caution_tint = rgb(0xfcefd0);
  t.bad_tint = rgb(0xfbe7e4);
  t.primary_tint = rgb(0xe0eeed);
  t.mark = rgb(0xffe9a8);
  t.shadow = with_alpha(rgb(0x2a2a20), 46);
  t.veil = with_alpha(rgb(0x101416), 150);
  return t;
}

Theme dark() {
  Theme t;
  t.name = ThemeName::Dark;
  t.canvas = rgb(0x12171a);
  t.paper = rgb(0x1d2428);
  t.ink = rgb(0xf3f0ea);
  t.quiet = rgb(0xc6cbcd);
  t.line = rgb(0x77828a);
  t.primary = rgb(0x86d6d3);
  t.on_primary = rgb(0x062529);
  t.primary_pressed = rgb(0xb5ebe8);
  t.paper_pressed = rgb(0x2f3a40);
  t.focus = rgb(0xffb454);
  t.good = rgb(0x97dea8);
  t.caution = rgb(0xf3cc74);
  t.bad = rgb(0xffb0a8);
  t.good_tint = rgb(0x17301f);
  t.caution_tint = rgb(0x33280f);
  t.bad_tint = rgb(0x3b1a17);
  t.primary_tint = rgb(0x17343a);
  t.mark = rgb(0x4d420f);
  t.shadow = with_alpha(rgb(0x000000), 110);
  t.veil = with_alpha(rgb(0x000000), 170);
  return t;
}

// Both high-contrast themes say with edges and words what others say with tints.
Theme two_colours(ThemeName name, Colour ground, Colour ink, Colour focus, Colour pressed, Colour mark) {
  Theme t;
  t.name = name;
  t.canvas = t.paper = ground;
  t.ink = t.quiet = t.line = t.primary = ink;
  t.on_primary = ground;
  t.primary_pressed = mix(ink, ground, 0.25);
  t.paper_pressed = pressed;
  t.focus = focus;
  t.good = t.caution = t.bad = ink;
  t.good_tint = t.caution_tint = t.bad_tint = t.primary_tint = ground;
  t.mark = mark;
  t.shadow = with_alpha(ground, 0);
  t.veil = with_alpha(ground, 200);
  return t;
}

struct Pair {
  const char* what;
  Colour front, back;
  double needed;
};

std::vector<Pair> pairs(const Theme& t) {
  constexpr double kText = 7, kEdge = 3;
  return {
      {"ink on canvas", t.ink, t.canvas, kText},
      {"ink on paper", t.ink, t.paper, kText},
      {"ink on pressed paper", t.ink, t.paper_pressed, kText},
      {"ink on mark", t.ink, t.mark, kText},
      {"quiet on canvas", t.quiet, t.canvas, kText},
      {"quiet on paper", t.quiet, t.paper, kText},
      {"primary as text on canvas", t.primary, t.canvas, kText},
      {"primary as text on paper", t.primary, t.paper, kText},
      {"primary on its tint", t.primary, t.primary_tint, kText},
      {"ink on primary tint", t.ink, t.primary_tint, kText},
      {"on_primary on primary", t.on_primary, t.primary, kText},
      {"on_primary on pressed primary", t.on_primary, t.primary_pressed, kText},
      {"good on paper", t.good, t.paper, kText},
      {"good on its tint", t.good, t.good_tint, kText},
      {"caution on paper", t.caution, t.paper, kText},
      {"caution on its tint", t.caution, t.caution_tint, kText},
      {"bad on canvas", t.bad, t.canvas, kText},
      {"bad on paper", t.bad, t.paper, kText},
      {"bad on its tint", t.bad, t.bad_tint, kText},
      {"ink on tints", t.ink, t.caution_tint, kText},
      {"ink on bad tint", t.ink, t.bad_tint, kText},
      {"ink on good tint", t.ink, t.good_tint, kText},
      {"line on canvas", t.line, t.canvas, kEdge},
      {"line on paper", t.line, t.paper, kEdge},
      {"focus on canvas", t.focus, t.canvas, kEdge},
      {"focus on paper", t.focus, t.paper, kEdge},
  };
}

std::string ratio_text(double ratio) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f:1", ratio);
  return text;
}

}  // namespace

Colour mix(Colour a, Colour b, double amount) {
  const auto one = [amount](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * amount));
  };
  return {one(a.r, b.r), one(a.g, b.g), one(a.b, b.b), one(a.a, b.a)};
}

core::Result<Colour> parse_colour(std::string_view hex) {
  const auto refuse = [&] {
    return core::make_error(core::ErrorKind::Invalid, "colour is not of the form #rrggbb",
                            std::string(hex.substr(0, 32)));
  };
  if (hex.size() != 7 || hex[0] != '#') return refuse();
  std::uint32_t value = 0;
  for (const char c : hex.substr(1)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return refuse();
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return rgb(value);
}

double contrast(Colour a, Colour b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Colour Theme::of(Ink which) const {
  switch (which) {
    case Ink::Ink:
      return ink;
    case Ink::Quiet:
      return quiet;
    case Ink::Primary:
      return primary;
    case Ink::OnPrimary:
      return on_primary;
    case Ink::Good:
      return good;
    case Ink::Caution:
      return caution;
    case Ink::Bad:
      return bad;
  }
  return ink;
}

Colour Theme::of(Tone tone) const {
  switch (tone) {
    case Tone::Neutral:
      return ink;
    case Tone::Primary:
      return primary;
    case Tone::Good:
      return good;
    case Tone::Caution:
      return caution;
    case Tone::Bad:
      return bad;
  }
  return ink;
}

Colour Theme::tint_of(Tone tone) const {
  switch (tone) {
    case Tone::Neutral:
      return paper;
    case Tone::Primary:
      return primary_tint;
    case Tone::Good:
      return good_tint;
    case Tone::Caution:
      return caution_tint;
    case Tone::Bad:
      return bad_tint;
  }
  return paper;
}

const Theme& theme(ThemeName name) {
  static const std::array<Theme, 4> themes = {
      light(), dark(),
      two_colours(ThemeName::BlackOnWhite, rgb(0xffffff), rgb(0x000000), rgb(0x0033cc), rgb(0xd8d8d8), rgb(0xffe680)),
      two_colours(ThemeName::YellowOnBlack, rgb(0x000000), rgb(0xffe600), rgb(0xffffff), rgb(0x3a3600), rgb(0x4a4400))};
  return themes[static_cast<std::size_t>(name)];
}

core::Result<Theme> with_primary(const Theme& base, Colour primary) {
  if (base.name == ThemeName::BlackOnWhite || base.name == ThemeName::YellowOnBlack) return base;
  const auto refuse = [](std::string what) {
    return core::make_error(core::ErrorKind::Invalid, std::move(what), "primary");
  };
  Theme t = base;
  t.primary = primary;
  const Colour black = rgb(0x000000), white = rgb(0xffffff);
  t.on_primary = contrast(primary, white) >= contrast(primary, black) ? white : black;
  t.primary_pressed = mix(primary, t.on_primary == white ? black : white, 0.25);
  t.primary_tint = mix(base.paper, primary, 0.08);
  for (const ContrastFault& fault : check(t)) {
    if (fault.what.find("primary") == std::string::npos) continue;
    return refuse("contrast of " + fault.what + " is " + ratio_text(fault.ratio) + ", and must be at least " +
                  ratio_text(fault.needed));
  }
  return t;
}

std::vector<ContrastFault> check(const Theme& theme) {
  std::vector<ContrastFault> faults;
  for (const Pair& pair : pairs(theme)) {
    const double ratio = contrast(pair.front, pair.back);
    if (ratio < pair.needed) faults.push_back({pair.what, ratio, pair.needed});
  }
  return faults;
}

double cap_height_mm(Type type, int text_size) {
  static constexpr std::array<double, kTextSizes> kBody = {4.8, 6.0, 7.3, 9.0};
  const double body = kBody[static_cast<std::size_t>(std::clamp(text_size, 0, kTextSizes - 1))];
  const double growth = std::pow(body / kBody[0], 0.6);
  switch (type) {
    case Type::Body:
    case Type::Strong:
      return body;
    case Type::Heading:
      return 7.3 * growth;
    case Type::Title:
      return 10 * growth;
    case Type::Display:
      return 14 * growth;
  }
  return body;
}

}  // namespace kiosk::ui
