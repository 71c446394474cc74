// Where postcodes lie: sixteen bytes a postcode, sorted, so that all of Great Britain fits in 30 MB. Private to areas.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/areas/import_report.h"
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

// One row; also how it stands in a table file, so it has no padding.
struct PostcodeEntry {
  std::uint64_t key;                 // packed postcode · 2^24 + number of its area
  std::int32_t latitude, longitude;  // 10^-7 degrees; kNoPoint where unknown
};
static_assert(sizeof(PostcodeEntry) == 16);

class PostcodeTable {
 public:
  PostcodeTable() = default;
  PostcodeTable(PostcodeTable&&) = default;  // entries_ looks at own_: a copy's would look at another's
  PostcodeTable& operator=(PostcodeTable&&) = default;
  // Adds the rows of one CSV: with our columns, or of Code-Point Open as Ordnance Survey publishes it, which has none.
  // `where` names the file in errors; what is skipped is counted in `report`.
  core::Status add_csv(std::string_view bytes, const std::string& where, ImportReport& report);
  // Sorts and joins equal rows. Call once, after the last file.
  void finish();
  // A table that is made already: sorted entries that outlive it, and the areas that they number.
  static PostcodeTable view(std::span<const PostcodeEntry> entries, std::vector<CouncilCodes> areas);

  // `postcode` normalised, full or outcode. None where no row has it.
  std::optional<Whereabouts> find(const std::string& postcode) const;
  std::span<const PostcodeEntry> entries() const { return entries_; }
  const std::vector<CouncilCodes>& areas() const { return areas_; }
  std::vector<std::size_t> rows_of_areas() const;  // by the number of the area

 private:
  core::Status add_code_point(std::string_view bytes, const std::string& where, ImportReport& report);
  core::Status check_room(const std::string& where) const;
  const char* add_row(std::string_view postcode, std::optional<core::GeoPoint> point, CouncilCodes codes);  // why not
  std::optional<Whereabouts> summarise(std::uint64_t begin, std::uint64_t end) const;
  std::uint64_t intern(CouncilCodes codes);

  std::vector<PostcodeEntry> own_;  // while it is made, and behind entries_ then
  std::span<const PostcodeEntry> entries_;
  std::map<CouncilCodes, std::uint64_t> area_ids_;
  std::vector<CouncilCodes> areas_;
};

}  // namespace kiosk::areas
