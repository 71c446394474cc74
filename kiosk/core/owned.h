// Owners of C resources: Owned<sqlite3, sqlite3_close_v2> database;
#pragma once

#include <memory>

namespace kiosk::core {

template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* resource) const noexcept {
    if (resource) Release(resource);
  }
};

template <class T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;

}  // namespace kiosk::core
