// The kiosk's own set of icons: line drawings on a 24 x 24 grid, one stroke weight, as small path data.
#pragma once

#include <optional>
#include <string_view>

#include "kiosk/text/draw.h"

namespace kiosk::ui {

enum class Icon {
  None,
  Search,
  Back,
  Forward,
  Restart,
  Help,
  TextSize,
  Contrast,
  LowReach,
  Sound,
  SoundOff,
  Calendar,
  Clock,
  MapPin,
  Phone,
  Printer,
  Check,
  CheckCircle,
  Warning,
  Info,
  Close,
  Up,
  Down,
  Left,
  Right,
  Home,
  Person,
  People,
  Language,
  Keyboard,
  Shift,
  Delete,
  DeleteRightwards,
  Enter,
  Space,
  Globe,
  Mail,
  Qr,
  Edit,
  Trash,
  Walk,
  Coin,
  List,
  Lock,
  Exit,
  Star,
  Refresh,
  // topics
  Bin,
  House,
  Health,
  Book,
  Child,
  Bus,
  Shield,
  Tree,
  Hands,
  School,
  Work,
  Wheelchair,
  Road,
  Flame,
  Ballot,
  Document,
  Heart,
  Pet,
  Food,
  Tools,
  Leaf,
  Building,
  Chat,
  Family,
};

// The name of an icon in data files and configuration: "map_pin". Unknown names: nullopt.
std::optional<Icon> icon_from(std::string_view name);
std::string_view to_string(Icon icon);
// Arrows and their like point the other way in right-to-left layouts.
bool is_directional(Icon icon);
// Coverage of the icon at `size_px` x `size_px`; empty for None.
text::AlphaImage draw_icon(Icon icon, int size_px);

}  // namespace kiosk::ui
