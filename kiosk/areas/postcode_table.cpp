#include "kiosk/areas/postcode_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "kiosk/areas/authority_text.h"
#include "kiosk/areas/national_grid.h"
#include "kiosk/areas/packed_postcode.h"
#include "kiosk/core/csv.h"
#include "kiosk/core/postcode.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

namespace {

constexpr std::size_t kMostPostcodes = 4'000'000;  // the kingdom ever had 2.7 million
constexpr std::size_t kMostAreas = 10'000;         // county and district pairs
constexpr std::int32_t kNoPoint = INT32_MIN;
constexpr double kUnitsPerDegree = 1e7;
constexpr double kMostMetres = 1'300'000;  // of the National Grid
constexpr int kAreaBits = 24;              // the 40 bits above them hold any packed postcode
constexpr std::uint64_t kAreaMask = (std::uint64_t{1} << kAreaBits) - 1;

std::uint64_t area_of(const PostcodeEntry& entry) { return entry.key & kAreaMask; }

std::optional<double> number_within(std::string_view text, double limit) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= limit)) return std::nullopt;
  return value;
}

// Why it is none, or null. Neither given is no point, and no fault.
const char* read_point(std::string_view latitude, std::string_view longitude, std::optional<core::GeoPoint>& point) {
  if (latitude.empty() && longitude.empty()) return nullptr;
  const auto lat = number_within(latitude, 90), lon = number_within(longitude, 180);
  if (!lat || !lon) return "no point on the earth";
  point = core::GeoPoint{*lat, *lon};
  return nullptr;
}

}  // namespace

core::Status PostcodeTable::add_csv(std::string_view bytes, const std::string& where, ImportReport& report) {
  KIOSK_TRY(core::CsvTable table, core::CsvTable::open(bytes, where));
  if (core::normalise_full_postcode(table.columns().front())) return add_code_point(bytes, where, report);
  const char* const names[] = {"postcode", "lat", "lon", "admin_county_gss", "admin_district_gss"};
  std::size_t columns[std::size(names)] = {};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const auto column = table.column(names[i]);
    if (!column) return make_error(ErrorKind::Invalid, std::string("has no column \"") + names[i] + '"', where);
    columns[i] = *column;
  }
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) return {};
    KIOSK_CHECK(check_room(where));
    CouncilCodes codes{std::string(table.field(columns[3])), std::string(table.field(columns[4]))};
    ++report.postcode_rows;
    std::optional<core::GeoPoint> point;
    const char* why = read_point(table.field(columns[1]), table.field(columns[2]), point);
    if (!why) why = add_row(table.field(columns[0]), point, std::move(codes));
    if (why) report.skip(why, where, table.line());
  }
}

core::Status PostcodeTable::check_room(const std::string& where) const {
  if (own_.size() < kMostPostcodes && areas_.size() <= kMostAreas) return {};
  return make_error(ErrorKind::Full, "holds more postcodes or areas than a country has", where);
}

// Ten fields: postcode, quality, easting, northing, country, two of the NHS, county, district, ward.
core::Status PostcodeTable::add_code_point(std::string_view bytes, const std::string& where, ImportReport& report) {
  core::CsvReader reader(bytes, where);
  std::vector<std::string> row;
  while (true) {
    KIOSK_TRY(const bool more, reader.next(row));
    if (!more) return {};
    KIOSK_CHECK(check_room(where));
    ++report.postcode_rows;
    const char* why = "not ten fields";
    if (row.size() == 10) {
      const auto easting = number_within(row[2], kMostMetres), northing = number_within(row[3], kMostMetres);
      std::optional<core::GeoPoint> point;  // 0, 0: Ordnance Survey does not know it
      if (easting && northing && *easting > 0 && *northing > 0) point = from_national_grid(*easting, *northing);
      why = add_row(row[0], point, {row[7], row[8]});
    }
    if (why) report.skip(why, where, reader.line());
  }
}

const char* PostcodeTable::add_row(std::string_view postcode, std::optional<core::GeoPoint> point, CouncilCodes codes) {
  const auto normalised = core::normalise_full_postcode(postcode);
  if (!normalised) return "not a postcode";
  if (codes.county.size() > kMostCodeBytes || codes.district.size() > kMostCodeBytes) return "a code that is too long";
  PostcodeEntry entry{0, kNoPoint, kNoPoint};
  if (point) {
    entry.latitude = static_cast<std::int32_t>(std::lround(point->latitude * kUnitsPerDegree));
    entry.longitude = static_cast<std::int32_t>(std::lround(point->longitude * kUnitsPerDegree));
  }
  entry.key = pack_postcode(*normalised) << kAreaBits | intern(std::move(codes));
  own_.push_back(entry);
  return nullptr;
}

std::uint64_t PostcodeTable::intern(CouncilCodes codes) {
  const auto [found, added] = area_ids_.try_emplace(codes, areas_.size());
  if (added) areas_.push_back(std::move(codes));
  return found->second;
}

void PostcodeTable::finish() {
  const auto before = [](const PostcodeEntry& a, const PostcodeEntry& b) { return a.key < b.key; };
  const auto same = [](const PostcodeEntry& a, const PostcodeEntry& b) { return a.key == b.key; };
  std::stable_sort(own_.begin(), own_.end(), before);
  own_.erase(std::unique(own_.begin(), own_.end(), same), own_.end());
  own_.shrink_to_fit();
  entries_ = own_;
}

PostcodeTable PostcodeTable::view(std::span<const PostcodeEntry> entries, std::vector<CouncilCodes> areas) {
  PostcodeTable table;
  table.entries_ = entries;
  table.areas_ = std::move(areas);
  return table;
}

std::vector<std::size_t> PostcodeTable::rows_of_areas() const {
  std::vector<std::size_t> rows(areas_.size());
  for (const PostcodeEntry& entry : entries_) {
    if (area_of(entry) < rows.size()) ++rows[area_of(entry)];
  }
  return rows;
}

std::optional<Whereabouts> PostcodeTable::find(const std::string& postcode) const {
  if (postcode.find(' ') != std::string::npos) {
    const std::uint64_t key = pack_postcode(postcode);
    return summarise(key, key + 1);
  }
  const std::uint64_t first = pack_outcode(postcode) * kIncodes;
  return summarise(first, first + kIncodes);
}

std::optional<Whereabouts> PostcodeTable::summarise(std::uint64_t begin, std::uint64_t end) const {
  const auto before = [](const PostcodeEntry& entry, std::uint64_t key) { return entry.key < key; };
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), begin << kAreaBits, before);
  const auto last = std::lower_bound(entry, entries_.end(), end << kAreaBits, before);
  if (entry == last) return std::nullopt;

  std::map<std::uint64_t, std::size_t> rows_of_area;
  double latitude = 0;
  double longitude = 0;
  std::size_t points = 0;
  for (; entry != last; ++entry) {
    if (area_of(*entry) < areas_.size()) ++rows_of_area[area_of(*entry)];
    if (entry->latitude == kNoPoint) continue;
    latitude += entry->latitude / kUnitsPerDegree;
    longitude += entry->longitude / kUnitsPerDegree;
    ++points;
  }
  Whereabouts found;
  if (points > 0)
    found.point = core::GeoPoint{latitude / static_cast<double>(points), longitude / static_cast<double>(points)};
  std::vector<std::pair<std::uint64_t, std::size_t>> areas(rows_of_area.begin(), rows_of_area.end());
  std::stable_sort(areas.begin(), areas.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [area, rows] : areas) found.areas.push_back(areas_[area]);
  return found;
}

}  // namespace kiosk::areas
