#include "tests/sandbox/feeds.h"

#include <algorithm>

#include "kiosk/core/files.h"
#include "tests/sandbox/convert.h"

namespace kiosk::sandbox {
namespace {

namespace fs = std::filesystem;
using core::ErrorKind;
using core::Json;
using core::make_error;

const Json* list_of(const Json& json) {
  if (json.is_array()) return &json;
  if (!json.is_object()) return nullptr;
  for (const char* key : {"contents", "content", "services"}) {
    if (json.contains(key) && json[key].is_array()) return &json[key];
  }
  return nullptr;
}

core::Instant modified_at(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  if (error) return core::SystemClock().now();
  return std::chrono::time_point_cast<core::Milliseconds>(std::chrono::file_clock::to_sys(written));
}

core::Status load_file(const fs::path& path, FeedMap& feeds) {
  KIOSK_TRY(const std::string bytes, core::read_file(path));
  const std::string id = path.stem().string();
  Json services;
  if (path.extension() == ".csv") {
    KIOSK_TRY(services, libraries_from_csv(bytes, path.string()));
  } else {
    KIOSK_TRY(services, core::parse_json(bytes, path.string()));
  }
  auto feed = make_feed(id, services, modified_at(path));
  if (!feed) return std::move(feed).error().wrapped("not a feed", path.string());
  feeds[id] = std::move(*feed);
  return {};
}

core::Status load_folder(const fs::path& folder, FeedMap& feeds) {
  std::error_code error;
  if (fs::is_directory(folder / "feeds", error)) return load_folder(folder / "feeds", feeds);
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const fs::path extension = entry.path().extension();
    if (entry.is_regular_file(error) && (extension == ".json" || extension == ".csv")) files.push_back(entry.path());
  }
  if (error) return make_error(ErrorKind::Io, error.message(), folder.string());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    // A folder of downloads holds other tables too (outlines of buildings, web addresses): what is no feed is passed
    // over.
    if (auto status = load_file(file, feeds); !status && status.error().kind != ErrorKind::Unsupported)
      return std::move(status).error();
  }
  return {};
}

}  // namespace

const Json* Feed::find(const std::string& service_id) const {
  const auto it = by_id.find(service_id);
  return it == by_id.end() ? nullptr : &services[it->second];
}

core::Result<std::shared_ptr<const Feed>> make_feed(const std::string& id, const Json& json, core::Instant modified) {
  const Json* list = list_of(json);
  if (!list) return make_error(ErrorKind::Unsupported, "neither an array of services nor a page of them", id);
  auto feed = std::make_shared<Feed>();
  feed->id = id;
  feed->modified = modified;
  for (const Json& record : *list) {
    if (!record.is_object() || !record.contains("id") || !record.contains("name"))
      return make_error(ErrorKind::Unsupported, "holds records that are no services", id);
    const bool oruk1 = looks_like_oruk1(record);
    feed->by_id.emplace(core::json_text(record, "id"), feed->services.size());
    feed->services.push_back(oruk1 ? from_oruk1(record) : record);
    if (oruk1 || !feed->oruk1.empty()) {
      feed->oruk1.resize(feed->services.size() - 1);
      feed->oruk1.push_back(oruk1 ? record : Json());
    }
  }
  return std::shared_ptr<const Feed>(std::move(feed));
}

core::Status load_feeds(const fs::path& path, FeedMap& feeds) {
  std::error_code error;
  if (fs::is_directory(path, error)) return load_folder(path, feeds);
  return load_file(path, feeds);
}

}  // namespace kiosk::sandbox
