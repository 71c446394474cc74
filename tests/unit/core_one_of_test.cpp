#include "kiosk/core/one_of.h"

#include <string>
#include <vector>

#include "tests/unit/catch.h"

namespace kiosk::core {
namespace {

struct Empty {};
using Thing = OneOf<int, std::string, Empty>;

TEST_CASE("it holds what it was given, and nothing else", "[core][one_of]") {
  Thing thing = std::string("text");
  CHECK(thing.holds<std::string>());
  CHECK_FALSE(thing.holds<int>());
  CHECK(*thing.get_if<std::string>() == "text");
  CHECK(thing.get_if<Empty>() == nullptr);
  thing = 7;
  CHECK(*thing.get_if<int>() == 7);
}

TEST_CASE("a copy is its own, a move takes the value along", "[core][one_of]") {
  Thing first = std::string("one");
  Thing copy = first;
  *copy.get_if<std::string>() = "two";
  CHECK(*first.get_if<std::string>() == "one");
  const Thing moved = std::move(first);
  CHECK(*moved.get_if<std::string>() == "one");
  std::vector<Thing> list = {1, Empty{}, std::string("x")};
  CHECK(list[1].holds<Empty>());
}

TEST_CASE("visiting calls once, with the value itself", "[core][one_of]") {
  Thing thing = 4;
  int calls = 0;
  thing.visit([&](auto& value) {
    ++calls;
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, int>) value = 5;
  });
  CHECK(calls == 1);
  CHECK(*thing.get_if<int>() == 5);
}

}  // namespace
}  // namespace kiosk::core
