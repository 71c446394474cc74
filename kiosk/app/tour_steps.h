// The steps of a tour, one function each. Private to app/.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "kiosk/app/session.h"
#include "kiosk/app/tour.h"
#include "kiosk/net/curl_client.h"

namespace kiosk::app {

class TourSteps {
 public:
  TourSteps(Session& session, core::AdjustableClock& clock, const settings::Settings& settings,
            const TourOptions& options);

  // Errors: Invalid (no such step), NotFound (nothing of that role and name within the patience), Refused (a shot whose
  // scene is faulty), Io.
  core::Status run(const core::Json& step);
  void picture_of_failure();
  std::size_t pictures() const { return pictures_; }
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  core::Status tap(const core::Json& what);
  core::Status type(const core::Json& what);
  core::Status key(const core::Json& what);
  core::Status key_to(const core::Json& what);
  core::Status key_type(const core::Json& what);
  core::Status printer(const core::Json& what);
  core::Status scan(const core::Json& what);
  core::Status remember(const core::Json& what);
  core::Status expect(const core::Json& what);
  core::Status expect_none(const core::Json& what);
  core::Status expect_value(const core::Json& what);
  core::Status expect_spoken(const core::Json& what);
  core::Status faults(const core::Json& what);
  core::Status wait_idle();
  core::Status advance_clock(const core::Json& what);
  core::Status shot(const core::Json& what);
  core::Status dump_memory(const core::Json& what);

  ui::NamePattern pattern_of(const core::Json& what) const;
  core::Result<std::string> text_of(const core::Json& what) const;
  const ui::Node* find(ui::Role role, const ui::NamePattern& name) const;
  core::Result<ui::NodeId> await(const core::Json& what);
  core::Status touch(ui::NodeId id);
  const ui::Node* key_named(std::string_view character) const;
  core::Status press_key(std::string_view character);
  core::Status key_to_key(std::string_view character);
  core::Status select_key(std::string_view name);
  core::Status press(ui::NavKey key);
  core::Status scroll_to(ui::NodeId id);
  core::Status press_at(const ui::Node& node);
  void pump();
  core::Status save(const std::string& name, bool judge);
  core::Error missing(const std::string& what) const;  // and what is there instead
  std::string on_screen() const;
  core::Result<std::string> sandbox_url() const;

  Session& session_;
  core::AdjustableClock& clock_;
  const settings::Settings& settings_;
  const TourOptions& options_;
  std::vector<ui::Utterance> spoken_;
  std::string remembered_;
  std::vector<std::string> problems_;
  std::size_t pictures_ = 0;
};

}  // namespace kiosk::app
