#include "tests/sandbox/sandbox.h"

#include <cstdlib>

#include "kiosk/core/files.h"
#include "tests/sandbox/sandbox_impl.h"

namespace kiosk::sandbox {
namespace {

namespace fs = std::filesystem;
using core::Json;

core::Result<Json> read_json(const fs::path& path) {
  KIOSK_TRY(const std::string bytes, core::read_file(path));
  return core::parse_json(bytes, path.string());
}

// A demo region brings its systems with it.
core::Status load_system(const fs::path& file, Json& system) {
  std::error_code error;
  if (!system.is_null() || !fs::is_regular_file(file, error)) return {};
  KIOSK_TRY(system, read_json(file));
  return {};
}

core::Status load_all(const SandboxOptions& options, FeedMap& feeds, Json& appointments, Json& reports) {
  std::vector<fs::path> sources = options.data;
  if (!options.demo.empty()) sources.insert(sources.begin(), options.demo);
  std::error_code error;
  for (const fs::path& source : sources) {
    if (!fs::exists(source, error))
      return core::make_error(core::ErrorKind::NotFound, "no such file or folder", source.string());
    KIOSK_CHECK(load_system(source / "appointments.json", appointments));
    KIOSK_CHECK(load_system(source / "reports.json", reports));
    KIOSK_CHECK(load_feeds(source, feeds));
  }
  for (const auto& [id, services] : options.feeds) {
    KIOSK_TRY(feeds[id], make_feed(id, services, core::SystemClock().now()));
  }
  return {};
}

}  // namespace

core::Result<std::unique_ptr<Sandbox>> Sandbox::start(SandboxOptions options) {
  FeedMap feeds;
  Json appointments = options.appointments, reports = options.reports;
  KIOSK_CHECK(load_all(options, feeds, appointments, reports));
  KIOSK_TRY(ZmsMap zms, read_appointments(appointments));
  KIOSK_TRY(Open311Map open311, read_reports(reports));
  auto impl = std::make_unique<Impl>(std::move(feeds), std::move(zms), std::move(open311));
  KIOSK_CHECK(impl->configure(options.config));
  impl->first_config = options.config;
  if (!options.faults.empty()) {
    KIOSK_TRY(const Json rules, read_json(options.faults));
    KIOSK_CHECK(impl->faults.replace(rules));
  }
  if (!options.state_dir.empty()) {
    impl->state_file = options.state_dir / "ledger.json";
    KIOSK_CHECK(impl->restore());
  }
  Impl* raw = impl.get();
  impl->zms.on_change([raw](const Json& bookings) { raw->books_changed(bookings); });
  impl->open311.on_change([raw](const Json& filed) { raw->reports_changed(filed); });
  impl->fhir.on_change([raw](const Json& saved) { raw->fhir_books_changed(saved); });
  ServerHooks hooks;
  hooks.plan = [raw](const std::string& method, const std::string& target) {
    return raw->faults.decide(method, target);
  };
  hooks.answer = [raw](const Call& call, const FaultPlan& plan) {
    Answer answer = raw->answer(call, plan);
    answer.headers.emplace_back("Date", http_date(raw->clock.epoch_s()));
    return answer;
  };
  hooks.unanswered = [raw](const std::string& method, const std::string& target, const FaultPlan& plan) {
    raw->ledger.request(endpoint_of(method, target.substr(0, target.find('?'))), 0, plan);
  };
  hooks.connections = [raw](const std::string& agent, int open) { raw->ledger.connections(agent, open); };
  KIOSK_TRY(impl->server, Server::start(options.port, std::move(hooks)));
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(impl)));
}

Sandbox::Sandbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Sandbox::~Sandbox() { stop(); }

void Sandbox::stop() {
  impl_->server->stop();
  impl_->save();  // what lapsed or was read since the last change
}

int Sandbox::port() const { return impl_->server->port(); }

std::string Sandbox::base_url() const { return "http://127.0.0.1:" + std::to_string(port()); }

std::string Sandbox::feed_url(std::string_view feed, std::string_view dialect) const {
  return base_url() + "/" + std::string(feed) + "/" + std::string(dialect);
}

std::string Sandbox::zms_url(std::string_view authority) const {
  return base_url() + "/zms/" + std::string(authority) + "/terminvereinbarung/api/citizen";
}

std::string Sandbox::open311_url(std::string_view authority) const {
  return base_url() + "/open311/" + std::string(authority) + "/v2";
}

std::string Sandbox::fhir_url(std::string_view authority) const {
  return base_url() + "/fhir/" + std::string(authority) + "/r4";
}

std::vector<std::string> Sandbox::feed_ids() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<std::string> ids;
  for (const auto& [id, feed] : impl_->feeds) ids.push_back(id);
  return ids;
}

std::vector<std::string> Sandbox::zms_ids() const { return impl_->zms.ids(); }
std::vector<std::string> Sandbox::open311_ids() const { return impl_->open311.ids(); }
core::Status Sandbox::close_report(const std::string& authority, const std::string& number, const std::string& notes) {
  return impl_->open311.close(authority, number, notes);
}
Json Sandbox::ledger() const { return impl_->whole_ledger(); }
core::Status Sandbox::set_faults(const Json& rules) { return impl_->faults.replace(rules); }
core::Status Sandbox::add_faults(const Json& rules) { return impl_->faults.add(rules); }
void Sandbox::clear_faults() { impl_->faults.clear(); }
core::Status Sandbox::configure(const Json& patch) { return impl_->configure(patch); }
core::Status Sandbox::set_feed(const std::string& feed, Json services) { return impl_->set_feed(feed, services); }
void Sandbox::reset() { impl_->reset(); }
void Sandbox::advance_clock(std::chrono::seconds by) { impl_->clock.advance(by.count()); }

fs::path demo_folder() {
  std::vector<fs::path> candidates;
  if (const char* given = std::getenv("KIOSK_DEMO")) candidates.emplace_back(given);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  candidates.push_back(program / "../share/civic-kiosk/demo");
  candidates.push_back(program / "../assets/demo");
  candidates.emplace_back(KIOSK_SOURCE_DIR "/assets/demo");
  for (const fs::path& candidate : candidates) {
    if (fs::is_directory(candidate / "feeds", error)) return candidate;
  }
  return {};
}

}  // namespace kiosk::sandbox
