// Where postcodes lie: sixteen bytes a postcode, sorted, so that all of Great Britain fits in 30 MB. Private to areas.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/core/geo.h"
#include "kiosk/core/result.h"

namespace kiosk::areas {

// The councils that a row names; either may be empty.
struct CouncilCodes {
  std::string county, district;
  auto operator<=>(const CouncilCodes&) const = default;
};

struct Whereabouts {
  std::optional<core::GeoPoint> point;  // of an outcode: the middle of its postcodes
  std::vector<CouncilCodes> areas;      // the one with most postcodes first
};

class PostcodeTable {
 public:
  // Adds the rows of one CSV. `where` names the file in errors.
  core::Status add_csv(std::string_view bytes, const std::string& where);
  // Sorts and joins equal rows. Call once, after the last file.
  void finish();

  // `postcode` normalised, full or outcode. None where no row has it.
  std::optional<Whereabouts> find(const std::string& postcode) const;
  std::size_t size() const { return entries_.size(); }
  std::size_t skipped() const { return skipped_; }

 private:
  struct Entry {
    std::uint64_t key : 40;
    std::uint64_t area : 24;
    std::int32_t latitude, longitude;  // 10^-7 degrees; kNoPoint where unknown
  };

  bool add_row(std::string_view postcode, std::string_view latitude, std::string_view longitude, CouncilCodes codes);
  std::optional<Whereabouts> summarise(std::uint64_t begin, std::uint64_t end) const;
  std::uint32_t intern(CouncilCodes codes);

  std::vector<Entry> entries_;
  std::map<CouncilCodes, std::uint32_t> area_ids_;
  std::vector<CouncilCodes> areas_;
  std::size_t skipped_ = 0;
};

}  // namespace kiosk::areas
