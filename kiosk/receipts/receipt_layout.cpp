#include "kiosk/receipts/receipt_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/receipts/qr.h"
#include "kiosk/text/draw.h"

namespace kiosk::receipts {

namespace {

using Role = ReceiptLine::Role;

constexpr double kMillimetresPerPoint = 25.4 / 72;
constexpr int kMinWidth = 200;
constexpr int kMaxWidth = 1024;
constexpr double kMaxLengthMm = 5000;

// White space in millimetres.
constexpr double kSideMargin = 1.5;
constexpr double kEndMargin = 2;
constexpr double kBeforeSection = 2.25;
constexpr double kBeforeLead = 1;
constexpr double kAroundRule = 1.5;

constexpr std::string_view kBullet = "\u2022";
constexpr double kBulletIndentOfEm = 0.7;

core::Status check(const PaperFormat& format) {
  if (format.width_dots < kMinWidth || format.width_dots > kMaxWidth) {
    return core::make_error(core::ErrorKind::Invalid, "paper width must be 200 to 1024 dots",
                            std::to_string(format.width_dots));
  }
  if (!(format.dots_per_mm >= 4 && format.dots_per_mm <= 24)) {
    return core::make_error(core::ErrorKind::Invalid, "paper density must be 4 to 24 dots per millimetre");
  }
  return {};
}

// Places things from top to bottom, then draws them all.
class Strip {
 public:
  Strip(const PaperFormat& format, const text::Language& language, text::TextEngine& engine)
      : format_(format), language_(language), engine_(engine), sizes_(type_sizes(format)) {
    margin_ = dots(kSideMargin);
    y_ = dots(kEndMargin);
  }

  void add(const ReceiptLine& line) {
    const bool another_note = line.role == Role::Note && std::exchange(noted_, true);
    const bool begins = line.role == Role::Label || line.role == Role::Title || line.role == Role::Note;
    if (begins && !another_note) space(kBeforeSection);
    if (line.role == Role::Lead) space(kBeforeLead);
    text::TextStyle style = style_of(line.role);
    const bool rtl = language_.direction() == text::Direction::RightToLeft;
    const int indent = line.role == Role::Item ? static_cast<int>(std::lround(kBulletIndentOfEm * style.size_px)) : 0;
    if (indent > 0) texts_.push_back({engine_.layout(kBullet, style), margin_, y_});
    style.max_width_px -= indent;
    const bool whole = line.role == Role::Code || line.role == Role::Phone;
    const auto paragraph = whole ? layout_whole(line.text, style) : engine_.layout(line.text, style);
    texts_.push_back({paragraph, margin_ + (rtl ? 0 : indent), y_});
    y_ += static_cast<int>(std::ceil(paragraph->height()));
    if (line.role == Role::Heading) {
      rule(0.5);
      space(kAroundRule / 2);
    }
  }

  void rule(double thickness_mm) {
    space(kAroundRule);
    rules_.push_back({y_, std::max(1, dots(thickness_mm))});
    y_ += rules_.back().height;
  }

  void space(double millimetres) { y_ += dots(millimetres); }

  core::Status add_qr(std::string_view link) {
    KIOSK_TRY(qr_, encode_qr(link));
    module_ = module_dots(qr_, format_.width_dots);
    if (module_ == 0) {
      return core::make_error(core::ErrorKind::Full, "the link's QR code does not fit the paper's width",
                              std::to_string(format_.width_dots) + " dots");
    }
    qr_top_ = y_;
    y_ += (qr_.size + 2 * kQuietModules) * module_;
    return {};
  }

  core::Result<core::Bitmap1> draw() {
    y_ += dots(kEndMargin);
    if (y_ > dots(kMaxLengthMm)) return core::make_error(core::ErrorKind::Full, "the receipt would be longer than 5 m");
    core::Bitmap1 paper(format_.width_dots, y_);
    for (const PlacedText& text : texts_) text::draw(engine_, *text.paragraph, text.x, text.y, paper);
    for (const Rule& line : rules_) {
      fill(paper, margin_, line.y, format_.width_dots - 2 * margin_, line.height);
    }
    if (module_ > 0) draw_qr(paper);
    return paper;
  }

 private:
  struct PlacedText {
    text::ParagraphPtr paragraph;
    int x;
    int y;
  };
  struct Rule {
    int y;
    int height;
  };

  int dots(double millimetres) const { return static_cast<int>(std::lround(millimetres * format_.dots_per_mm)); }

  // On one line if it can be, smaller where it must be; beyond that it breaks at its spaces.
  text::ParagraphPtr layout_whole(const std::string& outside, text::TextStyle style) const {
    const std::string whole = text::unbroken(outside);
    text::TextStyle unlimited = style;
    unlimited.max_width_px = 0;
    const double width = engine_.layout(whole, unlimited)->natural_width();
    style.size_px = std::min(style.size_px, std::floor(style.size_px * style.max_width_px / std::max(width, 1.0)));
    if (style.size_px >= sizes_.body) return engine_.layout(whole, style);
    style.size_px = sizes_.body;
    return engine_.layout(outside, style);
  }

  text::TextStyle style_of(Role role) const {
    text::TextStyle style;
    style.language = language_.code();
    style.direction = language_.direction();
    style.max_width_px = format_.width_dots - 2 * margin_;
    style.size_px = sizes_.body;
    switch (role) {
      case Role::Heading:
      case Role::Title:
        style.size_px = sizes_.title;
        style.weight = text::Weight::Bold;
        break;
      case Role::Code:
        style.size_px = sizes_.code;
        style.weight = text::Weight::Bold;
        break;
      case Role::Important:
      case Role::Phone:
        style.size_px = sizes_.important;
        style.weight = text::Weight::Bold;
        break;
      case Role::Copy:
      case Role::Label:
      case Role::Lead:
      case Role::QrCaption:
        style.weight = text::Weight::Bold;
        break;
      case Role::Provider:
      case Role::Text:
      case Role::Item:
      case Role::Note:
        break;
    }
    return style;
  }

  static void fill(core::Bitmap1& paper, int left, int top, int width, int height) {
    for (int y = top; y < top + height; ++y) {
      for (int x = left; x < left + width; ++x) paper.set(x, y);
    }
  }

  void draw_qr(core::Bitmap1& paper) const {
    const int side = (qr_.size + 2 * kQuietModules) * module_;
    const int left = (format_.width_dots - side) / 2 + kQuietModules * module_;
    const int top = qr_top_ + kQuietModules * module_;
    for (int row = 0; row < qr_.size; ++row) {
      for (int column = 0; column < qr_.size; ++column) {
        if (qr_.at(column, row)) fill(paper, left + column * module_, top + row * module_, module_, module_);
      }
    }
  }

  const PaperFormat& format_;
  const text::Language& language_;
  text::TextEngine& engine_;
  TypeSizes sizes_;
  int margin_ = 0;
  int y_ = 0;
  bool noted_ = false;  // notes stand together
  std::vector<PlacedText> texts_;
  std::vector<Rule> rules_;
  QrCode qr_;
  int module_ = 0;
  int qr_top_ = 0;
};

}  // namespace

TypeSizes type_sizes(const PaperFormat& format) {
  const auto points = [&](double size) { return std::round(size * kMillimetresPerPoint * format.dots_per_mm); };
  if (format.large_print) return {points(16), points(18), points(20), points(22)};
  return {points(12), points(14), points(16), points(18)};
}

core::Result<core::Bitmap1> layout_receipt(const Receipt& receipt, const text::Language& language,
                                           const PaperFormat& format, text::TextEngine& engine) {
  KIOSK_CHECK(check(format));
  Strip strip(format, language, engine);
  for (const ReceiptLine& line : receipt_lines(receipt, language)) {
    if (line.role == Role::QrCaption) {
      strip.space(kBeforeSection / 2);
      strip.rule(0.125);
      strip.space(kBeforeSection / 2);
    }
    strip.add(line);
    if (line.role == Role::QrCaption) KIOSK_CHECK(strip.add_qr(receipt.link));
  }
  return strip.draw();
}

}  // namespace kiosk::receipts
