#include "kiosk/ui/png.h"

#include <cairo.h>

#include <cstring>

#include "kiosk/core/owned.h"

namespace kiosk::ui {

core::Result<std::string> to_png(const SoftwareRenderer& picture) {
  const core::Owned<cairo_surface_t, cairo_surface_destroy> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width(), picture.height()));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return core::make_error(core::ErrorKind::Internal, "no memory for a screenshot");
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < picture.height(); ++y)
    std::memcpy(cairo_image_surface_get_data(surface.get()) + static_cast<std::ptrdiff_t>(y) * stride,
                picture.pixels().data() + static_cast<std::ptrdiff_t>(y) * picture.width(),
                static_cast<std::size_t>(picture.width()) * 4);
  cairo_surface_mark_dirty(surface.get());
  std::string bytes;
  const auto append = [](void* to, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  };
  if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
    return core::make_error(core::ErrorKind::Internal, "screenshot could not be written");
  return bytes;
}

}  // namespace kiosk::ui
