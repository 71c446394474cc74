#include "kiosk/receipts/png.h"

#include <cairo.h>

#include "kiosk/core/owned.h"

namespace kiosk::receipts {

namespace {

cairo_status_t append(void* target, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

core::Result<std::string> to_png(const core::Bitmap1& bitmap) {
  if (bitmap.width <= 0 || bitmap.height <= 0) {
    return core::make_error(core::ErrorKind::Invalid, "a picture without dots cannot be written");
  }
  // cairo writes an alpha-only surface as a grey picture, where 255 is white.
  const core::Owned<cairo_surface_t, cairo_surface_destroy> surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, bitmap.width, bitmap.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return core::make_error(core::ErrorKind::Full, "no room for the picture");
  }
  cairo_surface_flush(surface.get());
  unsigned char* pixels = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) pixels[y * stride + x] = bitmap.at(x, y) ? 0 : 255;
  }
  cairo_surface_mark_dirty(surface.get());
  std::string bytes;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS) {
    return core::make_error(core::ErrorKind::Internal, "cairo could not write the picture");
  }
  return bytes;
}

}  // namespace kiosk::receipts
