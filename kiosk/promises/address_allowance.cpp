#include "kiosk/promises/address_allowance.h"

#include <algorithm>
#include <cmath>

namespace kiosk::promises {

using core::ErrorKind;
using core::make_error;
using core::Milliseconds;

namespace {

constexpr Milliseconds kHeavyPause{6'000};   // after a 429, which says nothing of when it ends
constexpr Milliseconds kLightPause{15'000};  // doubles up to a window
constexpr int kMostDoublings = 2;
constexpr double kSmoothing = 0.4;
constexpr double kOursBesideTheirs = 6;
constexpr std::int64_t kUsualLimit = 60;

}  // namespace

AddressAllowance::AddressAllowance(const core::Clock& clock, std::uint64_t seed, AllowanceOptions options)
    : clock_(clock), options_(options), random_(seed) {
  caution_ = std::uniform_real_distribution<double>(0.9, 1.1)(random_);
}

Milliseconds AddressAllowance::jittered(Milliseconds base, double least, double most) {
  std::uniform_real_distribution<double> factor(least, most);
  return Milliseconds(static_cast<std::int64_t>(static_cast<double>(base.count()) * factor(random_)));
}

// Room for a promise of ours and for those of the others. That our own use counts for more than theirs, as soon as
// there are others, is what makes shares even: who has had more stops earlier.
std::int64_t AddressAllowance::reserve() const {
  const double ours_beside_them = std::min(static_cast<double>(ours()), kOursBesideTheirs * others_);
  const double wanted = static_cast<double>(options_.per_promise) + others_ / 4 + ours_beside_them / 2;
  const double most = static_cast<double>(limit_ > 0 ? limit_ : kUsualLimit) / 2;
  return static_cast<std::int64_t>(std::ceil(std::min(wanted * caution_, most)));
}

// Of ours, what the server still counts: that of the last window where it forgets one by one, or all since it last
// began anew where it counts until there is a pause.
std::int64_t AddressAllowance::ours() const { return std::max(static_cast<std::int64_t>(sent_.size()), since_rise_); }

void AddressAllowance::note_others() {
  if (limit_ <= 0) return;
  others_ += kSmoothing * (static_cast<double>(std::max<std::int64_t>(limit_ - remaining_ - ours(), 0)) - others_);
}

core::Status AddressAllowance::admit(Weight weight, const std::string& where) {
  const Milliseconds now = clock_.monotonic();
  if (known_ && now >= renewed_) known_ = false;
  const bool heavy = weight == Weight::Heavy;
  const bool paused = now < (heavy ? heavy_from_ : light_from_);
  const bool used_up = known_ && remaining_ <= (heavy ? 0 : reserve());
  if (paused || used_up) {
    return make_error(ErrorKind::RateLimited, "the allowance of this address is used up", where);
  }
  while (!sent_.empty() && sent_.front() <= now - options_.window) sent_.pop_front();
  sent_.push_back(now);
  since_rise_++;
  remaining_--;
  return {};
}

void AddressAllowance::granted(std::int64_t limit, std::int64_t remaining, core::Instant reset) {
  if (remaining < 0) return;
  const Milliseconds now = clock_.monotonic();
  if (limit > 0) limit_ = limit;
  if (remaining > remaining_) since_rise_ = 1;  // this one
  const bool looked = !known_;                  // whether there is more now was not known
  known_ = true;
  remaining_ = remaining;
  note_others();
  // Clocks differ: never longer than a window. And not all kiosks at the same moment.
  const Milliseconds wait = std::clamp<Milliseconds>(reset - clock_.now(), Milliseconds{0}, options_.window);
  renewed_ = now + wait;
  if (remaining > reserve()) {
    setbacks_ = 0;
    return;
  }
  light_from_ = std::max(light_from_, now + jittered(wait, 1.0, 1.1));
  if (!looked) return;
  // Some servers begin anew only after a while without any request: where a look found nothing renewed, the next one
  // is later.
  const Milliseconds pause = options_.window / 4 * (1 << std::min(setbacks_++, kMostDoublings));
  light_from_ = std::max(light_from_, now + jittered(pause, 0.75, 1.5));
}

void AddressAllowance::refused(std::optional<Milliseconds> retry_after) {
  const Milliseconds now = clock_.monotonic();
  const Milliseconds longest = options_.window * 2;
  known_ = false;
  others_ += 1;  // they used up what we had thought was left
  const Milliseconds pause = std::min(kLightPause * (1 << std::min(setbacks_++, kMostDoublings)), options_.window);
  heavy_from_ = now + jittered(std::min(retry_after.value_or(kHeavyPause), longest), 1.0, 1.5);
  light_from_ = now + jittered(std::min(retry_after.value_or(pause), longest), 1.0, 1.75);
}

Milliseconds AddressAllowance::light_in() const {
  const Milliseconds now = clock_.monotonic();
  Milliseconds from = light_from_;
  if (known_ && now < renewed_ && remaining_ <= reserve()) from = std::max(from, renewed_);
  return std::max(from - now, Milliseconds{0});
}

}  // namespace kiosk::promises
