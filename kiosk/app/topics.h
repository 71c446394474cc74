// Topics: subjects that residents look through, each a set of category ids. From the site's file, else from the
// categories that the records have.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/directory/model.h"

namespace kiosk::app {

struct TopicRule {
  std::string id, name, icon;
  std::set<std::string> terms;  // ids of categories
};

// [{"id", "name", "icon", "terms": [{"id"} or "id", …]}, …]; Invalid names file and topic.
core::Result<std::vector<TopicRule>> load_topics(const std::filesystem::path& file);
bool belongs(const directory::Service& service, const TopicRule& topic);

}  // namespace kiosk::app
