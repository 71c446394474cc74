#include "drivers/scanner/wedge.h"

#include <string>

namespace kiosk::scanner {

void Wedge::forget() {
  text_.clear();
  too_long_ = false;
  last_.reset();
}

void Wedge::typed(std::string_view text, core::Milliseconds at) {
  if (last_ && at - *last_ > options_.longest_gap) forget();
  last_ = at;
  too_long_ = too_long_ || text_.size() + text.size() > options_.most;
  if (too_long_) return text_.clear();
  std::string all = text_.reveal();
  all.append(text);
  text_.assign(all);
  core::wipe(all);
}

std::optional<core::SecretText> Wedge::enter(core::Milliseconds at) {
  const bool follows = last_ && at - *last_ <= options_.longest_gap;
  std::optional<core::SecretText> scanned;
  if (follows && text_.size() >= options_.least) scanned = text_;
  forget();
  return scanned;
}

}  // namespace kiosk::scanner
