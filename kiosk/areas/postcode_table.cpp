#include "kiosk/areas/postcode_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

#include "kiosk/areas/packed_postcode.h"
#include "kiosk/core/csv.h"
#include "kiosk/core/postcode.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

namespace {

constexpr std::size_t kMostPostcodes = 4'000'000;  // the kingdom ever had 2.7 million
constexpr std::size_t kMostAreas = 10'000;         // county and district pairs
constexpr std::size_t kMostCodeBytes = 64;
constexpr std::int32_t kNoPoint = INT32_MIN;
constexpr double kScale = 1e7;
constexpr std::uint64_t kKeyMask = (std::uint64_t{1} << 40) - 1;  // the widths of Entry; neither is ever reached
constexpr std::uint32_t kAreaMask = (std::uint32_t{1} << 24) - 1;

std::optional<double> number_within(std::string_view text, double limit) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= limit)) return std::nullopt;
  return value;
}

}  // namespace

core::Status PostcodeTable::add_csv(std::string_view bytes, const std::string& where) {
  KIOSK_TRY(core::CsvTable table, core::CsvTable::open(bytes, where));
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
    if (entries_.size() >= kMostPostcodes || areas_.size() > kMostAreas)
      return make_error(ErrorKind::Full, "holds more postcodes or areas than a country has", where);
    CouncilCodes codes{std::string(table.field(columns[3])), std::string(table.field(columns[4]))};
    if (!add_row(table.field(columns[0]), table.field(columns[1]), table.field(columns[2]), std::move(codes)))
      ++skipped_;
  }
}

bool PostcodeTable::add_row(std::string_view postcode, std::string_view latitude, std::string_view longitude,
                            CouncilCodes codes) {
  const auto normalised = core::normalise_full_postcode(postcode);
  if (!normalised || codes.county.size() > kMostCodeBytes || codes.district.size() > kMostCodeBytes) return false;
  Entry entry{};
  entry.key = pack_postcode(*normalised) & kKeyMask;
  entry.latitude = entry.longitude = kNoPoint;
  if (!latitude.empty() || !longitude.empty()) {
    const auto lat = number_within(latitude, 90);
    const auto lon = number_within(longitude, 180);
    if (!lat || !lon) return false;
    entry.latitude = static_cast<std::int32_t>(std::lround(*lat * kScale));
    entry.longitude = static_cast<std::int32_t>(std::lround(*lon * kScale));
  }
  entry.area = intern(std::move(codes)) & kAreaMask;
  entries_.push_back(entry);
  return true;
}

std::uint32_t PostcodeTable::intern(CouncilCodes codes) {
  const auto [found, added] = area_ids_.try_emplace(codes, static_cast<std::uint32_t>(areas_.size()));
  if (added) areas_.push_back(std::move(codes));
  return found->second;
}

void PostcodeTable::finish() {
  const auto rank = [](const Entry& e) { return std::tuple<std::uint64_t, std::uint64_t>(e.key, e.area); };
  std::stable_sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  entries_.erase(
      std::unique(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return rank(a) == rank(b); }),
      entries_.end());
  entries_.shrink_to_fit();
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
  const auto before = [](const Entry& entry, std::uint64_t key) { return entry.key < key; };
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), begin, before);
  const auto last = std::lower_bound(entry, entries_.end(), end, before);
  if (entry == last) return std::nullopt;

  std::map<std::uint32_t, std::size_t> rows_of_area;
  double latitude = 0;
  double longitude = 0;
  std::size_t points = 0;
  for (; entry != last; ++entry) {
    ++rows_of_area[static_cast<std::uint32_t>(entry->area)];
    if (entry->latitude == kNoPoint) continue;
    latitude += entry->latitude / kScale;
    longitude += entry->longitude / kScale;
    ++points;
  }
  Whereabouts found;
  if (points > 0)
    found.point = core::GeoPoint{latitude / static_cast<double>(points), longitude / static_cast<double>(points)};
  std::vector<std::pair<std::uint32_t, std::size_t>> areas(rows_of_area.begin(), rows_of_area.end());
  std::stable_sort(areas.begin(), areas.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [area, rows] : areas) found.areas.push_back(areas_[area]);
  return found;
}

}  // namespace kiosk::areas
