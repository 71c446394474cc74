#include "kiosk/directory/hours_zone.h"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <unordered_map>

#include "kiosk/directory/hours.h"

namespace kiosk::directory {

using core::Instant;
using core::Milliseconds;

namespace {

constexpr std::size_t kCachedZones = 64;

std::unique_ptr<icu::BasicTimeZone> make_zone(const std::string& name) {
  const std::string id = is_known_zone(name) ? name : "Etc/UTC";
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(id)));
  // Every zone of the database is a BasicTimeZone; only foreign implementations are not.
  if (auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get())) {
    zone.release();
    return std::unique_ptr<icu::BasicTimeZone>(basic);
  }
  return nullptr;
}

}  // namespace

struct CivilZone::Impl {
  std::unique_ptr<icu::BasicTimeZone> zone;
};

CivilZone::CivilZone(const std::string& name) : impl_(std::make_unique<Impl>(Impl{make_zone(name)})) {}
CivilZone::~CivilZone() = default;

Milliseconds CivilZone::offset_at(Instant instant) const {
  if (!impl_->zone) return Milliseconds{0};
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  impl_->zone->getOffset(static_cast<UDate>(instant.time_since_epoch().count()), false, raw, saving, status);
  return U_SUCCESS(status) ? Milliseconds{raw + saving} : Milliseconds{0};
}

Instant CivilZone::resolve(std::chrono::local_time<Milliseconds> local) const {
  const Milliseconds since_epoch = local.time_since_epoch();
  if (!impl_->zone) return Instant{since_epoch};
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  impl_->zone->getOffsetFromLocal(static_cast<UDate>(since_epoch.count()), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                                  raw, saving, status);
  return Instant{since_epoch - (U_SUCCESS(status) ? Milliseconds{raw + saving} : Milliseconds{0})};
}

const CivilZone& zone_named(const std::string& name) {
  thread_local std::unordered_map<std::string, std::unique_ptr<CivilZone>> zones;
  auto found = zones.find(name);
  if (found == zones.end()) {
    if (zones.size() >= kCachedZones) zones.clear();
    found = zones.emplace(name, std::make_unique<CivilZone>(name)).first;
  }
  return *found->second;
}

bool is_known_zone(const std::string& zone) {
  if (zone.empty() || zone == "Etc/Unknown") return false;
  icu::UnicodeString canonical;
  UBool is_system_id = false;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(zone), canonical, is_system_id, status);
  return U_SUCCESS(status) && is_system_id;
}

}  // namespace kiosk::directory
