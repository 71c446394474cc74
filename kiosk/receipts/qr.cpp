#include "kiosk/receipts/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <string>

#include "kiosk/core/owned.h"

namespace kiosk::receipts {

namespace {
constexpr std::size_t kMostBytes = 2331;  // version 40-M in byte mode (ISO/IEC 18004 table 7)
constexpr int kLeastModuleDots = 4;       // below it, phones fail on thermal paper (qrcode.com)
constexpr int kMostModuleDots = 8;
}  // namespace

core::Result<QrCode> encode_qr(std::string_view text) {
  if (text.empty()) return core::make_error(core::ErrorKind::Invalid, "there is nothing to put into a QR code");
  if (text.find('\0') != std::string_view::npos) {
    return core::make_error(core::ErrorKind::Invalid, "a QR code's text must not hold a NUL");
  }
  if (text.size() > kMostBytes) {
    return core::make_error(core::ErrorKind::Full, "text is too long for a QR code",
                            std::to_string(text.size()) + " bytes");
  }
  const core::Owned<QRcode, QRcode_free> code(QRcode_encodeData(static_cast<int>(text.size()),
                                                                reinterpret_cast<const unsigned char*>(text.data()),
                                                                /*version=*/0, QR_ECLEVEL_M));
  if (!code) return core::make_error(core::ErrorKind::Internal, "libqrencode gave no QR code");
  QrCode result;
  result.size = code->width;
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  result.dark.resize(count);
  std::transform(code->data, code->data + count, result.dark.begin(),
                 [](unsigned char module) { return static_cast<std::uint8_t>(module & 1); });
  return result;
}

int module_dots(const QrCode& code, int width_dots) {
  if (code.size <= 0) return 0;
  const int fitting = width_dots / (code.size + 2 * kQuietModules);
  return fitting < kLeastModuleDots ? 0 : std::min(fitting, kMostModuleDots);
}

}  // namespace kiosk::receipts
