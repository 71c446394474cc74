#include "drivers/printer/page_png.h"

#include <cairo.h>

#include <cstring>

#include "kiosk/core/owned.h"

namespace drivers::printer {
namespace {

using kiosk::core::ErrorKind;
using kiosk::core::make_error;

using Surface = kiosk::core::Owned<cairo_surface_t, cairo_surface_destroy>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

kiosk::core::Result<std::string> page_to_png(const kiosk::core::Bitmap1& page) {
  // Opaque pixels, as an alpha-only surface would come out as transparent to a reader of the file.
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, page.width, page.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return make_error(ErrorKind::Invalid, "page is too large for a picture");
  }
  unsigned char* pixels = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  for (int y = 0; y < page.height; y++) {
    unsigned char* row = pixels + static_cast<std::size_t>(y) * stride;
    std::memset(row, 0xFF, stride);
    for (int x = 0; x < page.width; x++) {
      if (page.at(x, y)) std::memset(row + static_cast<std::size_t>(x) * 4, 0, 4);
    }
  }
  cairo_surface_mark_dirty(surface.get());
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    return make_error(ErrorKind::Full, "no memory for a picture of the page");
  }
  return png;
}

}  // namespace drivers::printer
