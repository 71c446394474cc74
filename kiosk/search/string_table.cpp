#include "kiosk/search/string_table.h"

#include <xxhash.h>

#include <utility>

namespace kiosk::search {
namespace {

constexpr std::size_t kFirstSlots = 1024;

}  // namespace

StringTable::StringTable() : slots_(kFirstSlots) {}

std::uint32_t StringTable::number_of(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].number != kFree; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash && this->text(slots_[at].number) == text) return slots_[at].number;
  }
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(add_new(text));
  slots_[at] = {hash, number};
  if (2 * texts_.size() > slots_.size()) grow();
  return number;
}

Text StringTable::add_new(std::string_view text) {
  const Text place{static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(text.size())};
  letters_ += text;
  return place;
}

void StringTable::grow() {
  std::vector<Slot> before(2 * slots_.size());
  before.swap(slots_);
  for (const Slot& slot : before) {
    if (slot.number == kFree) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].number != kFree) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

std::string StringTable::take() {
  std::string letters = std::move(letters_);
  *this = StringTable();
  return letters;
}

}  // namespace kiosk::search
