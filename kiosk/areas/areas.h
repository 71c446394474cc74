// Postcode → place → who serves it, and why. Tables come from Code-Point-Open-like CSV and a list of authorities.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/areas/import_report.h"
#include "kiosk/core/geo.h"
#include "kiosk/core/result.h"

namespace kiosk::areas {

enum class Tier { Unitary, County, District, Combined, Health, Police, Fire };

struct Authority {
  std::string code;  // GSS code where it has one, else the configured id
  std::string name;
  Tier tier = Tier::Unitary;
  std::string parent;  // the county's code, for a district
  std::string website, phone;
  std::vector<std::string> duties;  // word keys of what it provides: "waste_collection", "social_care"
};

// Why a body serves an address; the screens say it in words.
enum class Reason {
  UnitaryArea,    // the one council here
  CountyTier,     // the upper of two tiers
  DistrictTier,   // the lower of two tiers
  CoversCouncil,  // a health, police or fire body whose area holds this council's
};

struct Serves {
  Authority authority;
  Reason reason = Reason::UnitaryArea;
};

struct Answer {
  std::string postcode;  // "AB1 2CD", or the outcode "AB1" where only that was given
  bool outcode_only = false;
  std::optional<core::GeoPoint> point;
  // One list for each area the postcode lies in: more than one where a boundary runs through it.
  std::vector<std::vector<Serves>> alternatives;
};

// "ab12cd" → "AB1 2CD"; an outcode alone → "AB1"; anything else nullopt. Rule: GOV.UK bulk data transfer, appendix C.
std::optional<std::string> normalise_postcode(std::string_view text);

// Immutable; shared between threads freely.
class AreaTable {
 public:
  // `postcodes`: CSV with postcode, lat, lon, admin_county_gss, admin_district_gss (other columns ignored), or files of
  // Code-Point Open as Ordnance Survey publishes them.
  // `authorities`: CSV with gss, name, tier, parent_gss, and optionally homepage_url, phone, former_gss (merged away),
  // duties (';'), covers (';' of gss); or GOV.UK's and mySociety's lists as they are published. Bad rows are skipped
  // and counted; a file without the columns is an error that names file and column.
  static core::Result<std::shared_ptr<const AreaTable>> load(const std::vector<std::filesystem::path>& postcodes,
                                                             const std::vector<std::filesystem::path>& authorities);
  // One file that holds all of a table, replaced atomically.
  core::Status save(const std::filesystem::path& file) const;
  // Maps a file of save(): no CSV is parsed, and postcodes are read from the disk as they are asked for. NotFound;
  // Corrupt where its checksum or its form is wrong; Unsupported for a version or a machine that is not this one.
  static core::Result<std::shared_ptr<const AreaTable>> open(const std::filesystem::path& file);
  static std::shared_ptr<const AreaTable> empty();

  // NotFound: a well-formed postcode that the table does not hold. Invalid: not a postcode.
  core::Result<Answer> find(std::string_view postcode) const;
  const Authority* authority(std::string_view code) const;  // valid as long as the table
  std::size_t size() const;
  const ImportReport& report() const;  // of load(); of open() its postcodes and authorities

  AreaTable();
  ~AreaTable();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiosk::areas
