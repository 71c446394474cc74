// Civil time of one IANA zone, on ICU's time zone database. Private to the opening hours.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "kiosk/core/clock.h"

namespace kiosk::directory {

// Not thread-safe: ICU zones cache inside. Get yours from zone_named(), which keeps them per thread.
class CivilZone {
 public:
  explicit CivilZone(const std::string& name);  // UTC where the name is unknown
  ~CivilZone();
  CivilZone(const CivilZone&) = delete;
  CivilZone& operator=(const CivilZone&) = delete;

  // Milliseconds to add to UTC at that instant.
  core::Milliseconds offset_at(core::Instant instant) const;
  // RFC 5545 3.3.10: a time in a gap counts with the offset before it, one that exists twice is the first.
  core::Instant resolve(std::chrono::local_time<core::Milliseconds> local) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// This thread's zone of that name, valid until the thread asks for another one.
const CivilZone& zone_named(const std::string& name);

}  // namespace kiosk::directory
