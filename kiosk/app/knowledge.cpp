#include "kiosk/app/knowledge.h"

#include <algorithm>
#include <tuple>

#include "kiosk/app/area_source.h"
#include "kiosk/app/places_on_disk.h"
#include "kiosk/app/saved_index.h"
#include "kiosk/app/search_results.h"
#include "kiosk/areas/mention.h"
#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"
#include "kiosk/directory/actions.h"
#include "kiosk/settings/load.h"

namespace kiosk::app {
namespace {

constexpr std::size_t kMostCategoryTopics = 24;
constexpr std::size_t kSmallestCategoryTopic = 2;

// Places of one name and postcode are one place, whichever services and feeds tell of it.
std::string identity_of(const directory::Place& place) {
  return place.name + "\n" + (place.address ? place.address->postcode : std::string());
}

core::Milliseconds open_time(const std::vector<directory::DayHours>& week) {
  core::Milliseconds sum{};
  for (const directory::DayHours& day : week) {
    for (const directory::OpenInterval& interval : day.intervals) sum += interval.closes - interval.opens;
  }
  return sum;
}

// How much a card tells of when the doors are open: whether anything, how long, and of all that is there or of what a
// note says alone. That one service there is closed for now tells nothing of the rest, and what is open at any hour by
// its note is a telephone and no door.
std::tuple<int, core::Milliseconds, bool> told_of_doors(const visit::PlaceCard& card) {
  const int rank = card.of_paused_service ? 0 : visit::is_known(card.hours) ? 2 : 1;
  core::Milliseconds longest = open_time(card.times.week);
  for (const visit::NotedWeek& noted : card.times.noted) {
    if (!visit::is_always(noted.week)) longest = std::max(longest, open_time(noted.week));
  }
  return {rank, longest, card.hours.note.empty()};
}

// A place listed by several services has the hours of each: a library's, and those of the police who come once a month.
// The doors are open the longest of them, and whoever opens them runs the place.
void merge(visit::PlaceCard& into, visit::PlaceCard from) {
  if (told_of_doors(from) > told_of_doors(into)) {
    into.of_paused_service = from.of_paused_service;
    into.hours = std::move(from.hours);
    into.organisation = std::move(from.organisation);
    into.times = std::move(from.times);
    into.place.schedules = std::move(from.place.schedules);
  }
  if (into.phone.empty()) into.phone = std::move(from.phone);
  if (into.place.accessibility.empty()) into.place.accessibility = std::move(from.place.accessibility);
  into.services.insert(into.services.end(), from.services.begin(), from.services.end());
}

// Of a booking that does not say: nothing where the site names several.
std::optional<directory::RecordKey> configured_record(const settings::Settings& settings,
                                                      const promises::BookingTarget& target) {
  std::optional<directory::RecordKey> found;
  for (const settings::ActionEntry& entry : settings.actions) {
    const auto link = directory::parse_action_link(entry.book);
    if (!link || link->backend != target.backend || link->service_id != target.service_id) continue;
    directory::RecordKey key{entry.source, entry.service};
    if (found && *found != key) return std::nullopt;
    found = std::move(key);
  }
  return found;
}

}  // namespace

Knowledge::Knowledge(std::shared_ptr<const settings::Settings> settings, std::filesystem::path directory_db,
                     directory::Directory directory, const core::Clock& clock)
    : settings_(std::move(settings)),
      directory_db_(std::move(directory_db)),
      directory_(std::move(directory)),
      clock_(clock) {}

core::Result<std::unique_ptr<Knowledge>> Knowledge::open(std::shared_ptr<const settings::Settings> settings,
                                                         const std::filesystem::path& directory_db,
                                                         const core::Clock& clock) {
  KIOSK_TRY(directory::Directory directory,
            directory::Directory::open(directory_db, directory::Directory::Access::Read));
  std::unique_ptr<Knowledge> knowledge(new Knowledge(settings, directory_db, std::move(directory), clock));
  KIOSK_TRY(OpenedAreas areas, open_areas(*settings, directory_db.parent_path()));
  if (areas.unusable) core::log_error("areas.table_unusable", {{"error", *areas.unusable}});
  knowledge->areas_ = std::move(areas.table);
  if (!settings->topics.file.empty()) {
    auto topics = load_topics(settings->topics.file);
    if (!topics.ok()) return settings::at_key(*settings, settings::kTopicsFile, topics.error());
    knowledge->site_topics_ = std::move(topics).value();
  }
  KIOSK_TRY(knowledge->lexicon_, lexicon_folder());
  KIOSK_CHECK(knowledge->begin());
  return knowledge;
}

// Pages can be sound and what is written on them not; a cache is no reason not to start.
core::Status Knowledge::begin() {
  const core::Status built = rebuild();
  if (built.ok() || built.error().kind != core::ErrorKind::Corrupt) return built;
  { const directory::Directory closed = std::move(directory_); }
  KIOSK_TRY(directory_, directory::Directory::begin_anew(directory_db_, built.error()));
  return rebuild();
}

bool Knowledge::refresh() {
  // Opened again each time: sync may have set a damaged file aside, or the disk may have room once more.
  auto opened = directory::Directory::open(directory_db_, directory::Directory::Access::Read);
  if (opened.ok() && !opened->in_memory()) directory_ = std::move(opened).value();
  const auto generation = directory_.generation();
  if (!generation.ok()) {
    core::log_error("knowledge.generation_unreadable", {{"error", generation.error()}});
    return false;
  }
  if (*generation == generation_) return false;
  const core::Status rebuilt = rebuild();
  if (!rebuilt.ok()) core::log_error("knowledge.rebuild_failed", {{"error", rebuilt.error()}});
  return rebuilt.ok();
}

core::Status Knowledge::rebuild() {
  KIOSK_TRY(auto index, current_index(directory_, index_file_of(directory_db_), lexicon_));
  // Nothing of what is known is touched before all of it has been read.
  Gathered gathered;
  KIOSK_CHECK(directory_.for_each([&](const directory::Service& service) -> core::Status {
    ++gathered.records;
    gather_topics(service, gathered);
    return {};
  }));
  topics_ = topics_of(gathered);
  topic_records_ = std::move(gathered.topic_records);
  records_ = gathered.records;
  read_lately_.clear();
  index_ = std::move(index);
  generation_ = index_->generation();
  return {};
}

void Knowledge::gather_topics(const directory::Service& service, Gathered& gathered) const {
  if (site_topics_.empty()) {
    for (const directory::Category& category : service.categories) {
      if (category.id.empty() || category.name.empty()) continue;
      gathered.categories.try_emplace(category.id, TopicRule{category.id, category.name, "list", {category.id}});
      gathered.topic_records[category.id].push_back(service.key);
    }
    return;
  }
  for (const TopicRule& topic : site_topics_) {
    if (belongs(service, topic)) gathered.topic_records[topic.id].push_back(service.key);
  }
}

// The site's own, else the categories that most records are in.
std::vector<TopicRule> Knowledge::topics_of(Gathered& gathered) const {
  if (!site_topics_.empty()) return site_topics_;
  auto& records = gathered.topic_records;
  std::vector<TopicRule> topics;
  for (auto& [id, topic] : gathered.categories) {
    if (records[id].size() >= kSmallestCategoryTopic) topics.push_back(std::move(topic));
  }
  std::stable_sort(topics.begin(), topics.end(),
                   [&](const TopicRule& a, const TopicRule& b) { return records[a.id].size() > records[b.id].size(); });
  if (topics.size() > kMostCategoryTopics) topics.resize(kMostCategoryTopics);
  return topics;
}

std::optional<core::Instant> Knowledge::checked() const {
  const auto sources = directory_.sources();
  if (!sources.ok()) return std::nullopt;
  std::optional<core::Instant> oldest;
  for (const directory::SourceState& source : *sources) {
    if (source.last_success && (!oldest || *source.last_success < *oldest)) oldest = source.last_success;
  }
  return oldest;
}

visit::Here Knowledge::here(const visit::Whereabouts& whereabouts) const {
  return {clock_.now(), settings_->kiosk.time_zone, whereabouts, settings_->kiosk.point};
}

void set_address(search::Query& query, const areas::Answer& area) {
  query.authorities.clear();
  if (area.point) query.near = area.point;
  for (const auto& alternative : area.alternatives) {
    for (const areas::Serves& serves : alternative) query.authorities.push_back(serves.authority.code);
  }
}

Knowledge::Understood Knowledge::understand(search::Query& query, bool addressed) const {
  query.now = clock_.now();
  auto mention = areas::find_mention(query.text, *areas_);
  if (!mention) return {};
  const bool outcode = mention->answer.outcode_only;
  // "vitamin b12": an outcode is a word as well where records hold it as one.
  if (!outcode || !fits_as_it_stands(query)) query.text = std::move(mention->rest);
  if (!mention->known) return {std::nullopt, std::move(mention->answer.postcode)};
  const bool alone = core::trim(query.text).empty();
  if (outcode && addressed && !alone) return {};
  set_address(query, mention->answer);
  return {std::move(mention->answer), {}};
}

bool Knowledge::fits_as_it_stands(const search::Query& query) const {
  search::Query whole = query;
  whole.filters.reset();
  whole.is_open = {};
  whole.explain = false;
  whole.limit = 1;
  const search::Answer answer = index_->find(whole);
  return !answer.hits.empty() && !answer.weak;
}

core::Result<std::shared_ptr<const directory::Service>> Knowledge::record(const directory::RecordKey& key) const {
  constexpr std::size_t kMostRead = 400;
  if (const auto known = read_lately_.find(key); known != read_lately_.end()) return known->second;
  KIOSK_TRY(directory::Service read, directory_.service(key));
  if (read_lately_.size() >= kMostRead) read_lately_.clear();
  auto kept = std::make_shared<const directory::Service>(std::move(read));
  read_lately_.emplace(key, kept);
  return kept;
}

core::Result<directory::Service> Knowledge::booked_service(const promises::Booking& booking) const {
  const auto key = booking.record.empty() ? configured_record(*settings_, booking.target)
                                          : directory::parse_record_key(booking.record);
  if (!key) return core::make_error(core::ErrorKind::NotFound, "it is not known of which record it is", booking.id);
  KIOSK_TRY(const auto service, record(*key));
  return *service;
}

Cards Knowledge::cards(const visit::Here& here_now) const {
  return Cards([this, here_now](const directory::RecordKey& key) -> std::optional<visit::ServiceCard> {
    const auto service = record(key);
    if (!service.ok()) return std::nullopt;
    return visit::make_card(**service, here_now);
  });
}

search::Answer Knowledge::find(const search::Query& query) const {
  search::Query asked = query;
  static_cast<void>(understand(asked, !asked.authorities.empty()));
  Cards found = cards(here({}));
  return answer_of(*index_, std::move(asked), found);
}

visit::SearchResults Knowledge::search(const search::Query& query, const visit::Whereabouts& whereabouts) const {
  search::Query asked = query;
  Understood understood = understand(asked, whereabouts.area && !whereabouts.area->outcode_only);
  visit::Here here_now = here(whereabouts);
  if (understood.area) here_now.whereabouts = {understood.area->point, understood.area};
  Cards found = cards(here_now);
  visit::SearchResults results = results_of(*index_, asked, found);
  results.area = std::move(understood.area);
  results.unknown_postcode = std::move(understood.unknown_postcode);
  return results;
}

std::vector<visit::Topic> Knowledge::topics() const {
  std::vector<visit::Topic> list;
  for (const TopicRule& topic : topics_) {
    const auto records = topic_records_.find(topic.id);
    if (records == topic_records_.end()) continue;
    list.push_back({topic.id, topic.name, topic.icon, records->second.size()});
  }
  return list;
}

core::Result<std::vector<visit::ServiceCard>> Knowledge::topic_services(const std::string& id,
                                                                        const visit::Whereabouts& whereabouts) const {
  const auto records = topic_records_.find(id);
  if (records == topic_records_.end()) return core::make_error(core::ErrorKind::NotFound, "no such topic", id);
  std::vector<visit::ServiceCard> cards;
  const visit::Here here_now = here(whereabouts);
  for (const directory::RecordKey& key : records->second) {
    if (const auto record = directory_.service(key); record.ok()) cards.push_back(visit::make_card(*record, here_now));
  }
  // What serves the resident's address first, what serves another's last; among equals by name.
  const auto rank = [](const visit::ServiceCard& card) {
    return card.serving == visit::Serving::YourAddress ? 0 : card.serving == visit::Serving::Unknown ? 1 : 2;
  };
  std::stable_sort(cards.begin(), cards.end(), [&](const visit::ServiceCard& a, const visit::ServiceCard& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : a.name < b.name;
  });
  return cards;
}

core::Result<visit::ServiceView> Knowledge::service(const directory::RecordKey& key,
                                                    const visit::Whereabouts& whereabouts) const {
  KIOSK_TRY(directory::Service record, directory_.service(key));
  return visit::make_view(std::move(record), here(whereabouts));
}

core::Result<std::vector<visit::PlaceCard>> Knowledge::places(const visit::Whereabouts& whereabouts) const {
  std::vector<visit::PlaceCard> cards;
  std::map<std::string, std::size_t> known;
  const visit::Here here_now = here(whereabouts);
  KIOSK_CHECK(directory_.for_each([&](const directory::Service& service) -> core::Status {
    for (const directory::Place& place : service.places) {
      if (place.name.empty() || !place.address) continue;
      visit::PlaceCard card = visit::make_place_card(service, place, here_now);
      const auto [entry, fresh] = known.try_emplace(identity_of(place), cards.size());
      if (fresh) {
        cards.push_back(std::move(card));
      } else {
        merge(cards[entry->second], std::move(card));
      }
    }
    return {};
  }));
  std::stable_sort(cards.begin(), cards.end(), [](const visit::PlaceCard& a, const visit::PlaceCard& b) {
    const int minutes_a = a.walking_minutes.value_or(1000), minutes_b = b.walking_minutes.value_or(1000);
    return minutes_a != minutes_b ? minutes_a < minutes_b : a.place.name < b.place.name;
  });
  return cards;
}

}  // namespace kiosk::app
