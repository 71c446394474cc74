// Opaque ids as types of their own, so that a place's id cannot be passed for a service's.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace kiosk::core {

template <class Tag>
struct Id {
  std::string value;
  auto operator<=>(const Id&) const = default;
  bool empty() const noexcept { return value.empty(); }
};

}  // namespace kiosk::core

template <class Tag>
struct std::hash<kiosk::core::Id<Tag>> {
  std::size_t operator()(const kiosk::core::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
