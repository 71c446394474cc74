#include "kiosk/ui/icons.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <locale>
#include <sstream>

#include "kiosk/core/owned.h"

namespace kiosk::ui {
namespace {

// A path on a grid of 24 x 24, stroked with a round pen of 2:
// M x y, L x y …, C x1 y1 x2 y2 x y, Z; O x y r circle; A x y r from to: arc, clockwise degrees from the right;
// R x y w h r round rectangle; D x y r filled circle.
struct Drawing {
  Icon icon;
  const char* name;
  const char* path;
};

constexpr std::array<Drawing, 70> kDrawings = {{
    {Icon::Search, "search", "O 10.5 10.5 6.5 M 15.5 15.5 L 21 21"},
    {Icon::Back, "back", "M 15 4.5 L 7.5 12 L 15 19.5"},
    {Icon::Forward, "forward", "M 9 4.5 L 16.5 12 L 9 19.5"},
    {Icon::Restart, "restart", "A 12 12.5 8 205 500 M 4 3.6 L 4.2 9.3 L 9.8 9.3"},
    {Icon::Help, "help", "O 12 12 9 M 9.2 9.4 C 9.2 5.8 14.8 5.8 14.8 9.4 C 14.8 11.6 12 11.8 12 14 D 12 17.2 1.3"},
    {Icon::TextSize, "text_size",
     "M 2.5 19 L 8.5 5 L 14.5 19 M 4.6 14.5 L 12.4 14.5 M 16 19 L 19 11.5 L 22 19 M 17 16.8 L 21 16.8"},
    {Icon::Contrast, "contrast", "O 12 12 9 H"},
    {Icon::LowReach, "low_reach", "R 4 2.5 16 19 2 M 12 6 L 12 16 M 8 12.5 L 12 16.5 L 16 12.5"},
    {Icon::Sound, "sound", "M 3 9.5 L 7 9.5 L 12 5 L 12 19 L 7 14.5 L 3 14.5 Z A 12 12 4.5 -50 50 A 12 12 8.5 -50 50"},
    {Icon::SoundOff, "sound_off",
     "M 3 9.5 L 7 9.5 L 12 5 L 12 19 L 7 14.5 L 3 14.5 Z M 16 9.5 L 21 14.5 M 21 9.5 L 16 14.5"},
    {Icon::Calendar, "calendar", "R 3.5 5 17 15.5 2 M 3.5 10 L 20.5 10 M 8 2.8 L 8 6.5 M 16 2.8 L 16 6.5"},
    {Icon::Clock, "clock", "O 12 12 9 M 12 7 L 12 12 L 15.5 14.5"},
    {Icon::MapPin, "map_pin",
     "M 12 21.5 C 8 16.5 5 13.5 5 9.8 C 5 5.6 8.2 2.8 12 2.8 C 15.8 2.8 19 5.6 19 9.8 C 19 13.5 16 16.5 12 21.5 Z O 12 "
     "9.8 2.6"},
    {Icon::Phone, "phone",
     "M 5 3.5 L 9 3.5 L 10.8 8.2 L 8.4 10.2 C 9.6 12.6 11.4 14.4 13.8 15.6 L 15.8 13.2 L 20.5 15 L 20.5 19 C 20.5 20 "
     "19.8 20.6 18.8 20.5 C 10.5 19.8 4.2 13.5 3.5 5.2 C 3.4 4.2 4 3.5 5 3.5 Z"},
    {Icon::Printer, "printer",
     "M 7 8.5 L 7 3.5 L 17 3.5 L 17 8.5 M 7 17 L 3.5 17 L 3.5 8.5 L 20.5 8.5 L 20.5 17 L 17 17 R 7 13.5 10 7 0.5"},
    {Icon::Check, "check", "M 4 12.8 L 9.5 18 L 20 6.5"},
    {Icon::CheckCircle, "check_circle", "O 12 12 9 M 7.8 12.4 L 11 15.4 L 16.4 9.2"},
    {Icon::Warning, "warning", "M 12 3.5 L 21.8 20.5 L 2.2 20.5 Z M 12 10 L 12 14.2 D 12 17.3 1.2"},
    {Icon::Info, "info", "O 12 12 9 M 12 11 L 12 16.5 D 12 7.6 1.3"},
    {Icon::Close, "close", "M 5.5 5.5 L 18.5 18.5 M 18.5 5.5 L 5.5 18.5"},
    {Icon::Up, "up", "M 4.5 15.5 L 12 8 L 19.5 15.5"},
    {Icon::Down, "down", "M 4.5 8.5 L 12 16 L 19.5 8.5"},
    {Icon::Left, "left", "M 15 4.5 L 7.5 12 L 15 19.5"},
    {Icon::Right, "right", "M 9 4.5 L 16.5 12 L 9 19.5"},
    {Icon::Home, "home",
     "M 2.5 11.5 L 12 3.2 L 21.5 11.5 M 5.5 9.5 L 5.5 20.5 L 18.5 20.5 L 18.5 9.5 M 10 20.5 L 10 14.5 L 14 14.5 L 14 "
     "20.5"},
    {Icon::Person, "person", "O 12 7.8 4.2 M 4 21 C 4 16.5 7.5 14.6 12 14.6 C 16.5 14.6 20 16.5 20 21"},
    {Icon::People, "people",
     "O 9 8.5 3.5 M 2.5 20 C 2.5 16.2 5.3 14.6 9 14.6 C 12.7 14.6 15.5 16.2 15.5 20 A 16 8.5 3.3 -110 90 M 18 14.9 C "
     "20.3 15.6 21.5 17.3 21.5 20"},
    {Icon::Language, "language", "O 12 12 9 M 3 12 L 21 12 M 12 3 C 8 7 8 17 12 21 C 16 17 16 7 12 3"},
    {Icon::Keyboard, "keyboard",
     "R 2.5 5.5 19 13 2 D 6.5 9.5 1.1 D 10.2 9.5 1.1 D 13.8 9.5 1.1 D 17.5 9.5 1.1 M 8 14.5 L 16 14.5"},
    {Icon::Shift, "shift", "M 12 3.5 L 20.5 12.5 L 16 12.5 L 16 20.5 L 8 20.5 L 8 12.5 L 3.5 12.5 Z"},
    {Icon::Delete, "delete",
     "M 8.5 5 L 21.5 5 L 21.5 19 L 8.5 19 L 2.5 12 Z M 12 9.2 L 17.5 14.8 M 17.5 9.2 L 12 14.8"},
    {Icon::DeleteRightwards, "delete-rightwards",
     "M 15.5 5 L 2.5 5 L 2.5 19 L 15.5 19 L 21.5 12 Z M 12 9.2 L 6.5 14.8 M 6.5 9.2 L 12 14.8"},
    {Icon::Enter, "enter", "M 20 5 L 20 13.5 L 5 13.5 M 9.5 9 L 5 13.5 L 9.5 18"},
    {Icon::Space, "space", "M 4 11 L 4 15.5 L 20 15.5 L 20 11"},
    {Icon::Globe, "globe", "O 12 12 9 M 3 12 L 21 12 M 12 3 C 8 7 8 17 12 21 C 16 17 16 7 12 3"},
    {Icon::Mail, "mail", "R 2.5 5 19 14 1.5 M 3 6.5 L 12 13.2 L 21 6.5"},
    {Icon::Qr, "qr",
     "R 3.5 3.5 6.5 6.5 0.5 R 14 3.5 6.5 6.5 0.5 R 3.5 14 6.5 6.5 0.5 M 14 14 L 14 17 M 17.5 14 L 20.5 14 M 14 20.5 L "
     "17 20.5 M 20.5 17.5 L 20.5 20.5"},
    {Icon::Edit, "edit",
     "M 4 20 L 4.8 15.6 L 16 4.4 C 17 3.4 18.3 3.4 19.3 4.4 C 20.4 5.5 20.4 6.8 19.4 7.8 L 8.2 19 Z"},
    {Icon::Trash, "trash", "M 4 6.5 L 20 6.5 M 9 6.5 L 9 3.5 L 15 3.5 L 15 6.5 M 6 6.5 L 7 20.5 L 17 20.5 L 18 6.5"},
    {Icon::Walk, "walk",
     "D 13 3.8 2 M 12.2 8.2 L 10.5 14 L 14 17 L 14.8 21.5 M 10.5 14 L 9.8 17.5 L 7 21.5 M 7 13 L 8.2 9.6 L 12.2 8.2 L "
     "14.5 11.2 L 17.5 12.5"},
    {Icon::Coin, "coin",
     "O 12 12 9 M 15 8.8 C 14 6.6 9.8 6.8 9.8 10 L 9.8 16.5 M 8 16.5 L 15.5 16.5 M 8 12.4 L 13.2 12.4"},
    {Icon::List, "list", "M 9 6 L 20.5 6 M 9 12 L 20.5 12 M 9 18 L 20.5 18 D 4.5 6 1.4 D 4.5 12 1.4 D 4.5 18 1.4"},
    {Icon::Lock, "lock", "R 4.5 10.5 15 10.5 1.5 M 8 10.5 L 8 7.5 A 12 7.5 4 180 360 L 16 10.5"},
    {Icon::Exit, "exit", "M 10 3.5 L 4 3.5 L 4 20.5 L 10 20.5 M 9.5 12 L 20.5 12 M 16 7.5 L 20.5 12 L 16 16.5"},
    {Icon::Star, "star",
     "M 12 3 L 14.8 8.8 L 21.2 9.6 L 16.5 14 L 17.7 20.4 L 12 17.2 L 6.3 20.4 L 7.5 14 L 2.8 9.6 L 9.2 8.8 Z"},
    {Icon::Refresh, "refresh", "A 12 12.5 8 205 500 M 4 3.6 L 4.2 9.3 L 9.8 9.3"},
    {Icon::Bin, "bin",
     "M 4 8 L 20 8 M 6 8 L 7 18.8 L 16.8 18.8 L 18 8 M 6.5 8 L 8 4 L 18 4 L 19 8 O 16 19.5 1.8 M 10.5 11.5 L 10.8 "
     "15.5"},
    {Icon::House, "house",
     "M 2.5 11.5 L 12 3.2 L 21.5 11.5 M 5.5 9.5 L 5.5 20.5 L 18.5 20.5 L 18.5 9.5 R 10 12.5 4 4 0.3"},
    {Icon::Health, "health",
     "M 9 3.5 L 15 3.5 L 15 9 L 20.5 9 L 20.5 15 L 15 15 L 15 20.5 L 9 20.5 L 9 15 L 3.5 15 L 3.5 9 L 9 9 Z"},
    {Icon::Book, "book",
     "M 12 6.5 C 9.5 4.6 6.5 4.2 3 4.5 L 3 18.5 C 6.5 18.2 9.5 18.6 12 20.5 C 14.5 18.6 17.5 18.2 21 18.5 L 21 4.5 C "
     "17.5 4.2 14.5 4.6 12 6.5 Z M 12 6.5 L 12 20.5"},
    {Icon::Child, "child", "O 12 7 4 M 12 11 L 12 16.5 M 6.5 12 L 12 13 L 17.5 12 M 8.5 21.5 L 12 16.5 L 15.5 21.5"},
    {Icon::Bus, "bus",
     "R 4 3.5 16 14.5 2 M 4 12 L 20 12 M 7 18 L 7 20.5 M 17 18 L 17 20.5 M 8 15 L 8.6 15 M 15.4 15 L 16 15"},
    {Icon::Shield, "shield",
     "M 12 2.8 L 20 5.6 L 20 11.5 C 20 16.5 16.8 19.8 12 21.5 C 7.2 19.8 4 16.5 4 11.5 L 4 5.6 Z"},
    {Icon::Tree, "tree",
     "M 12 21.5 L 12 12 M 12 17 L 15.5 14 M 7.5 16 C 3.5 16 2.8 11 6 9.8 C 5.5 5.5 9 2.8 12 2.8 C 15 2.8 18.5 5.5 18 "
     "9.8 C 21.2 11 20.5 16 16.5 16 Z"},
    {Icon::Hands, "hands",
     "M 2.5 13 L 6 13 C 8.5 11.5 10.5 13 12 14.5 L 15 14.5 C 16.8 14.5 16.8 17 15 17 L 11 17 M 16 15.8 L 20 13.5 C "
     "21.8 12.8 22.6 14.6 21.2 15.6 L 14.5 20.5 L 8.5 20.5 L 6 19 L 2.5 19 M 12 9.8 C 7 6.5 8.8 2.5 12 5.2 C 15.2 2.5 "
     "17 6.5 12 9.8 Z"},
    {Icon::School, "school",
     "M 1.8 9 L 12 4 L 22.2 9 L 12 14 Z M 6 11.2 L 6 16.5 C 9 19.5 15 19.5 18 16.5 L 18 11.2 M 22 9.2 L 22 15"},
    {Icon::Work, "work", "R 2.8 7.5 18.4 12.5 1.5 M 8.5 7.5 L 8.5 4 L 15.5 4 L 15.5 7.5 M 3 13 L 21 13"},
    {Icon::Wheelchair, "wheelchair",
     "D 10 3.6 1.8 M 10 7 L 10 13.5 L 15.5 13.5 L 18 19.5 L 20.5 18.8 M 10 10 L 15 10 A 10.5 16.2 5.2 20 215"},
    {Icon::Road, "road", "M 8 3.5 L 3 20.5 M 16 3.5 L 21 20.5 M 12 4 L 12 7 M 12 10.5 L 12 13.5 M 12 17 L 12 20.5"},
    {Icon::Flame, "flame",
     "M 12 2.8 C 12.5 7 18.5 9 18.5 14.8 C 18.5 18.8 15.6 21.5 12 21.5 C 8.4 21.5 5.5 18.8 5.5 14.8 C 5.5 12.2 7 10.5 "
     "8.2 9 C 8.6 11 9.4 11.8 10.4 12 C 10 8.5 10 5.5 12 2.8 Z"},
    {Icon::Ballot, "ballot",
     "M 3 12.5 L 3 20.5 L 21 20.5 L 21 12.5 Z M 6 12.5 L 8.5 3.5 L 18 5.8 L 16.2 12.5 M 10.5 8 L 12 9.6 L 15 7.4"},
    {Icon::Document, "document",
     "M 5 2.8 L 14.5 2.8 L 19 7.3 L 19 21.2 L 5 21.2 Z M 14 3 L 14 8 L 19 8 M 8.5 12.5 L 15.5 12.5 M 8.5 16.5 L 15.5 "
     "16.5"},
    {Icon::Heart, "heart",
     "M 12 20.5 C 6 16 2.8 12.8 2.8 8.8 C 2.8 3.2 9.8 2.2 12 7 C 14.2 2.2 21.2 3.2 21.2 8.8 C 21.2 12.8 18 16 12 20.5 "
     "Z"},
    {Icon::Pet, "pet",
     "O 5.5 11 1.8 O 9.5 5.8 1.9 O 14.5 5.8 1.9 O 18.5 11 1.8 M 12 11.5 C 9 11.5 6.5 15 6.5 17.6 C 6.5 20.4 9.5 20.2 "
     "12 19.2 C 14.5 20.2 17.5 20.4 17.5 17.6 C 17.5 15 15 11.5 12 11.5 Z"},
    {Icon::Food, "food",
     "M 7 3 L 7 21 M 3.8 3 L 3.8 7.5 C 3.8 11 10.2 11 10.2 7.5 L 10.2 3 M 17 21 L 17 3 C 13.8 5 13.5 10 14 13.5 L 17 "
     "13.5"},
    {Icon::Tools, "tools",
     "M 20.8 6 L 17.2 9.4 L 14.6 6.8 L 18 3.2 C 14.5 1.8 10.6 5 12 9.2 L 3.6 17.6 C 2.2 19.6 4.4 21.8 6.4 20.4 L 14.8 "
     "12 C 19 13.4 22.2 9.5 20.8 6 Z"},
    {Icon::Leaf, "leaf",
     "M 20.5 3.5 C 21.5 14 16.5 19 10.5 18.5 C 3.5 18 4 9.5 10.5 7.5 C 14 6.5 17.5 6.5 20.5 3.5 Z M 3 21.5 C 5.5 16.5 "
     "9 13.5 14 11.5"},
    {Icon::Building, "building",
     "R 5 2.8 14 18.4 1 M 9 7.2 L 9.6 7.2 M 14.4 7.2 L 15 7.2 M 9 11.4 L 9.6 11.4 M 14.4 11.4 L 15 11.4 M 10 21 L 10 "
     "16 L 14 16 L 14 21"},
    {Icon::Chat, "chat",
     "M 3 4 L 21 4 L 21 16.5 L 11.5 16.5 L 6.5 21 L 6.5 16.5 L 3 16.5 Z M 7.5 8.5 L 16.5 8.5 M 7.5 12.2 L 13 12.2"},
    {Icon::Family, "family",
     "O 7 6 3 O 17 6 3 O 12 13.2 2.2 M 2.5 19.5 L 2.5 15 C 2.5 12.2 4.5 11 7 11 M 21.5 19.5 L 21.5 15 C 21.5 12.2 19.5 "
     "11 17 11 M 7.5 21.5 C 7.5 18.6 9.4 17.6 12 17.6 C 14.6 17.6 16.5 18.6 16.5 21.5"},
}};

const Drawing* drawing_of(Icon icon) {
  const auto found =
      std::find_if(kDrawings.begin(), kDrawings.end(), [icon](const Drawing& d) { return d.icon == icon; });
  return found == kDrawings.end() ? nullptr : &*found;
}

// Numbers of the path, read in the classic locale.
class PathReader {
 public:
  PathReader(cairo_t* cr, const char* path) : cr_(cr), in_(path) { in_.imbue(std::locale::classic()); }

  void draw() {
    char command = 0;
    while (in_ >> command) one(command);
    cairo_stroke(cr_);
  }

 private:
  double number() {
    double value = 0;
    in_ >> value;
    return value;
  }

  void one(char command) {
    const auto n = [this] { return number(); };
    switch (command) {
      case 'M': {
        const double x = n(), y = n();
        cairo_move_to(cr_, x, y);
        break;
      }
      case 'L': {
        const double x = n(), y = n();
        cairo_line_to(cr_, x, y);
        break;
      }
      case 'C': {
        const double a = n(), b = n(), c = n(), d = n(), x = n(), y = n();
        cairo_curve_to(cr_, a, b, c, d, x, y);
        break;
      }
      case 'Z':
        cairo_close_path(cr_);
        break;
      case 'O': {
        const double x = n(), y = n(), r = n();
        arc(x, y, r, 0, 360, true);
        break;
      }
      case 'A': {
        const double x = n(), y = n(), r = n(), from = n(), to = n();
        arc(x, y, r, from, to, !cairo_has_current_point(cr_) || !continues(x, y, r, from));
        break;
      }
      case 'R':
        round_rectangle();
        break;
      case 'D': {
        const double x = n(), y = n(), r = n();
        cairo_stroke(cr_);
        arc(x, y, r, 0, 360, true);
        cairo_fill(cr_);
        break;
      }
      case 'H': {  // the right half of the disc, filled: contrast
        cairo_stroke(cr_);
        cairo_arc(cr_, 12, 12, 9, -M_PI / 2, M_PI / 2);
        cairo_fill(cr_);
        break;
      }
      default:
        break;
    }
  }

  // Whether the path already stands where the arc begins, so that it goes on without a gap.
  bool continues(double x, double y, double r, double from) const {
    double px = 0, py = 0;
    cairo_get_current_point(cr_, &px, &py);
    const double a = from * M_PI / 180;
    return std::hypot(x + r * std::cos(a) - px, y + r * std::sin(a) - py) < 0.5;
  }

  void arc(double x, double y, double r, double from, double to, bool apart) {
    if (apart) cairo_new_sub_path(cr_);
    cairo_arc(cr_, x, y, r, from * M_PI / 180, to * M_PI / 180);
    if (to - from >= 360) cairo_close_path(cr_);
  }

  void round_rectangle() {
    const double x = number(), y = number(), w = number(), h = number(), r = number();
    cairo_new_sub_path(cr_);
    cairo_arc(cr_, x + w - r, y + r, r, -M_PI / 2, 0);
    cairo_arc(cr_, x + w - r, y + h - r, r, 0, M_PI / 2);
    cairo_arc(cr_, x + r, y + h - r, r, M_PI / 2, M_PI);
    cairo_arc(cr_, x + r, y + r, r, M_PI, 3 * M_PI / 2);
    cairo_close_path(cr_);
  }

  cairo_t* cr_;
  std::istringstream in_;
};

}  // namespace

std::optional<Icon> icon_from(std::string_view name) {
  for (const Drawing& drawing : kDrawings)
    if (name == drawing.name) return drawing.icon;
  return std::nullopt;
}

std::string_view to_string(Icon icon) {
  const Drawing* drawing = drawing_of(icon);
  return drawing ? drawing->name : "";
}

bool is_directional(Icon icon) {
  switch (icon) {
    case Icon::Back:
    case Icon::Forward:
    case Icon::Left:
    case Icon::Right:
    case Icon::Enter:
    case Icon::Exit:
    case Icon::Sound:
    case Icon::SoundOff:
    case Icon::List:
    case Icon::Walk:
      return true;
    default:
      return false;
  }
}

text::AlphaImage draw_icon(Icon icon, int size_px) {
  const Drawing* drawing = drawing_of(icon);
  if (!drawing || size_px < 1 || size_px > 512) return {};
  const core::Owned<cairo_surface_t, cairo_surface_destroy> surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, size_px, size_px));
  {
    const core::Owned<cairo_t, cairo_destroy> cr(cairo_create(surface.get()));
    cairo_scale(cr.get(), size_px / 24.0, size_px / 24.0);
    cairo_set_line_width(cr.get(), 2);
    cairo_set_line_cap(cr.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr.get(), CAIRO_LINE_JOIN_ROUND);
    PathReader(cr.get(), drawing->path).draw();
  }
  cairo_surface_flush(surface.get());
  text::AlphaImage image(size_px, size_px);
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < size_px; ++y)
    std::memcpy(&image.coverage[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_px)],
                cairo_image_surface_get_data(surface.get()) + static_cast<std::ptrdiff_t>(y) * stride,
                static_cast<std::size_t>(size_px));
  return image;
}

}  // namespace kiosk::ui
