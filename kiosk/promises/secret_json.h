// Bodies of requests that hold what a resident typed: JSON, built without copies that would outlive it.
#pragma once

#include <initializer_list>
#include <string_view>

#include "kiosk/core/secret.h"

namespace kiosk::promises {

struct TextMember {
  std::string_view name;
  std::string_view text;
  bool bare = false;  // JSON already: a number, an array, an object
};

// An object of the members whose text is not empty.
core::SecretText object_of(std::initializer_list<TextMember> members);
// "[one]" or "[one,two]" of JSON; what is empty is left out.
core::SecretText array_of(std::initializer_list<std::string_view> items);

}  // namespace kiosk::promises
