#include "kiosk/app/topics.h"

#include <algorithm>

#include "kiosk/core/files.h"
#include "kiosk/core/json.h"

namespace kiosk::app {

core::Result<std::vector<TopicRule>> load_topics(const std::filesystem::path& file) {
  KIOSK_TRY(const std::string bytes, core::read_file(file, std::size_t{1} << 20));
  KIOSK_TRY(const core::Json json, core::parse_json(bytes, file.string()));
  if (!json.is_array()) return core::make_error(core::ErrorKind::Invalid, "is no array of topics", file.string());
  std::vector<TopicRule> topics;
  for (const core::Json& entry : json) {
    TopicRule topic{core::json_text(entry, "id"), core::json_text(entry, "name"), core::json_text(entry, "icon"), {}};
    if (topic.id.empty() || topic.name.empty()) {
      return core::make_error(core::ErrorKind::Invalid,
                              "topic " + std::to_string(topics.size() + 1) + " has no id or no name", file.string());
    }
    for (const core::Json& term : core::json_array(entry, "terms")) {
      topic.terms.insert(term.is_string() ? term.get<std::string>() : core::json_text(term, "id"));
    }
    topics.push_back(std::move(topic));
  }
  return topics;
}

bool belongs(const directory::Service& service, const TopicRule& topic) {
  return std::any_of(service.categories.begin(), service.categories.end(),
                     [&](const directory::Category& category) { return topic.terms.contains(category.id); });
}

}  // namespace kiosk::app
