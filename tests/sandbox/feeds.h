// What the pretend authorities publish, and where it is read from.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "kiosk/core/result.h"

namespace kiosk::sandbox {

// One authority's directory. Never changed once shared.
struct Feed {
  std::string id;
  std::vector<core::Json> services;  // full HSDS 3.0
  std::vector<core::Json> oruk1;     // the records as given, where the feed came in ORUK 1.0; else empty
  std::unordered_map<std::string, std::size_t> by_id;  // the first of each id
  core::Instant modified;

  const core::Json* find(const std::string& service_id) const;
};

using FeedMap = std::map<std::string, std::shared_ptr<const Feed>>;

// `services`: HSDS 3.0 objects or ORUK 1.0 records, told apart one by one; or an envelope that holds them.
core::Result<std::shared_ptr<const Feed>> make_feed(const std::string& id, const core::Json& services,
                                                    core::Instant modified);
// A .json or library .csv file, or a folder of them (or a demo region's folder: its feeds/). The stem is the feed's id.
core::Status load_feeds(const std::filesystem::path& path, FeedMap& feeds);
// A list of libraries (data/uk-libraries) as HSDS services "Public library" with place, address and hours.
core::Result<core::Json> libraries_from_csv(const std::string& bytes, const std::string& where);

}  // namespace kiosk::sandbox
