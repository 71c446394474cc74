// The panel: how many pixels, and how large one is. All sizes in the toolkit are millimetres on the glass.
#pragma once

#include <cmath>

namespace kiosk::ui {

struct Metrics {
  int width_px = 1920, height_px = 1080;
  double pitch_mm = 0.248;  // of one pixel; measured at set-up, 0.05 .. 1. EDID is often wrong.
  // Low reach: the part of the panel that a seated person reaches, measured from its bottom edge. Set at installation.
  double reach_height_mm = 200;

  float px(double mm) const { return static_cast<float>(std::round(mm / pitch_mm)); }  // whole pixels
  double mm(double px) const { return px * pitch_mm; }
  double width_mm() const { return width_px * pitch_mm; }
  double height_mm() const { return height_px * pitch_mm; }
  bool portrait() const { return height_px > width_px; }
  bool operator==(const Metrics&) const = default;
};

// House rules (look.md; VVSG through VxSuite for targets and gaps).
inline constexpr double kMinTargetMm = 12.7;
inline constexpr double kMinGapMm = 2.5;
inline constexpr double kUnitMm = 4;      // base of all spacing
inline constexpr double kMarginMm = 12;   // around the page
inline constexpr double kRadiusMm = 3;    // corners
inline constexpr double kColumnMm = 260;  // widest content
inline constexpr double kTouchMm = 16;    // usual height of a button: comfortable, above the minimum
inline constexpr double kSlopMm = 6;      // a finger that moves further is dragging (tremor stays below)

}  // namespace kiosk::ui
