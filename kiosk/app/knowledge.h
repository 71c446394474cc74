// What the kiosk knows of services, places and areas, all of it on its own disk: the directory, its index, the topics
// and the area table. Answers never need the network.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/app/search_results.h"
#include "kiosk/app/topics.h"
#include "kiosk/areas/areas.h"
#include "kiosk/directory/directory.h"
#include "kiosk/search/search.h"
#include "kiosk/settings/settings.h"
#include "kiosk/visit/cards.h"
#include "kiosk/visit/state.h"

namespace kiosk::app {

// The query is asked for this address: who serves it and where it is. On a boundary both sides count.
void set_address(search::Query& query, const areas::Answer& area);

// One thread at a time: a worker of its own in civic-kiosk, the main thread in kioskctl.
class Knowledge {
 public:
  // A missing or damaged area or topic file is an error: a site that names one means it. The directory may be empty.
  static core::Result<std::unique_ptr<Knowledge>> open(std::shared_ptr<const settings::Settings> settings,
                                                       const std::filesystem::path& directory_db,
                                                       const core::Clock& clock);

  // Takes up what sync has published since; true where something changed. A failure keeps what was known and is logged.
  // The index is there already where sync has built it (saved_index.h), else it is built here.
  bool refresh();
  bool empty() const { return records_ == 0; }
  std::optional<core::Instant> checked() const;  // the oldest last success among the sources

  // A postcode in the query's text is the address that it is asked for; an outcode where no address is known.
  search::Answer find(const search::Query& query) const;
  // The same as cards (results_of).
  visit::SearchResults search(const search::Query& query, const visit::Whereabouts& whereabouts) const;
  std::vector<visit::Topic> topics() const;
  core::Result<std::vector<visit::ServiceCard>> topic_services(const std::string& id,
                                                               const visit::Whereabouts& whereabouts) const;
  core::Result<visit::ServiceView> service(const directory::RecordKey& key,
                                           const visit::Whereabouts& whereabouts) const;
  // The record from whose page it was booked. Where the booking does not say, the one that the site's [[actions]] lead
  // to what was booked, if they name one alone: a link in a record is any feed's claim. NotFound: none.
  core::Result<directory::Service> booked_service(const promises::Booking& booking) const;
  const areas::AreaTable& areas() const { return *areas_; }
  core::Result<areas::Answer> area(std::string_view postcode) const { return areas_->find(postcode); }
  core::Result<std::vector<visit::PlaceCard>> places(const visit::Whereabouts& whereabouts) const;

 private:
  Knowledge(std::shared_ptr<const settings::Settings> settings, std::filesystem::path directory_db,
            directory::Directory directory, const core::Clock& clock);
  // What of the records is held in memory.
  struct Gathered {
    std::size_t records = 0;
    std::map<std::string, TopicRule> categories;
    std::map<std::string, std::vector<directory::RecordKey>> topic_records;
  };
  // What a search holds beside its words.
  struct Understood {
    std::optional<areas::Answer> area;
    std::string unknown_postcode;
  };

  core::Status begin();
  core::Status rebuild();
  void gather_topics(const directory::Service& service, Gathered& gathered) const;
  std::vector<TopicRule> topics_of(Gathered& gathered) const;
  visit::Here here(const visit::Whereabouts& whereabouts) const;
  Cards cards(const visit::Here& here_now) const;  // of records; no longer than this
  // Takes a postcode out of the text. `addressed`: a whole address is known, which an outcode does not replace.
  Understood understand(search::Query& query, bool addressed) const;
  bool fits_as_it_stands(const search::Query& query) const;
  // The record, from what was read lately where it is there.
  core::Result<std::shared_ptr<const directory::Service>> record(const directory::RecordKey& key) const;

  std::shared_ptr<const settings::Settings> settings_;
  std::filesystem::path directory_db_;
  directory::Directory directory_;
  const core::Clock& clock_;
  std::shared_ptr<const areas::AreaTable> areas_ = areas::AreaTable::empty();
  std::vector<TopicRule> site_topics_, topics_;
  std::map<std::string, std::vector<directory::RecordKey>> topic_records_;
  std::filesystem::path lexicon_;  // folder of the concepts
  std::shared_ptr<const search::Index> index_;
  mutable std::map<directory::RecordKey, std::shared_ptr<const directory::Service>> read_lately_;
  std::int64_t generation_ = -1;
  std::size_t records_ = 0;
};

}  // namespace kiosk::app
