// What an Open311 server is, and what can be reported to it: discovery, services, definitions, and how long they hold.
#include <algorithm>

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"
#include "kiosk/promises/open311.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::Status;
using work::CancelToken;

constexpr core::Milliseconds kPauseWhileAway{std::chrono::minutes(1)};

// Another question would fare no better.
bool is_away(const core::Error& error) {
  return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout ||
         error.kind == ErrorKind::RateLimited;
}

// As is_away(), and where the server has a bad moment: what it said last still holds.
bool may_pass(const core::Error& error) { return is_away(error) || error.kind == ErrorKind::Interrupted; }

std::string_view without_slash(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

}  // namespace

Status Open311Backend::refresh(const CancelToken& cancel) {
  if (services_ && clock_.monotonic() < refresh_at_) return {};
  const Status fetched = fetch(cancel);
  if (fetched.ok()) {
    refresh_at_ = clock_.monotonic() + options_.services_life;
    return {};
  }
  if (!services_ || !may_pass(fetched.error())) return fetched;
  refresh_at_ = clock_.monotonic() + kPauseWhileAway;
  return {};
}

Status Open311Backend::fetch(const CancelToken& cancel) {
  KIOSK_CHECK(discover(cancel));
  if (services_ && !changeset_.empty() && changeset_ == services_changeset_) return {};
  KIOSK_TRY(services_, fetch_services(cancel));
  services_changeset_ = changeset_;
  generation_++;
  future_questions_.tell_missing(*services_);
  return {};
}

// Many servers have no discovery; what can't be read is none.
Status Open311Backend::discover(const CancelToken& cancel) {
  changeset_.clear();  // url and format stay: where it was found once, a bad moment doesn't send reports elsewhere
  for (const Open311Format format : {Open311Format::Json, Open311Format::Xml}) {
    if (options_.format && *options_.format != format) continue;
    const Result<Json> document = get_from(options_.base_url, "/discovery", format, {}, cancel);
    if (!document.ok() && (is_away(document.error()) || document.error().kind == ErrorKind::Cancelled)) {
      return document.error();
    }
    const auto endpoints = document.ok() ? open311::parse_discovery(*document) : document.error();
    if (!endpoints.ok() || endpoints->empty()) continue;
    choose_endpoint(*endpoints);
    return {};
  }
  return {};
}

// The configured one where it is named; else the production endpoint of the same origin, where there is exactly one: of
// several each may be another council's. A test endpoint takes reports that nobody reads.
void Open311Backend::choose_endpoint(const std::vector<open311::Endpoint>& endpoints) {
  const std::string origin = net::origin_of(options_.base_url);
  const open311::Endpoint* chosen = nullptr;
  bool several = false;
  for (const open311::Endpoint& endpoint : endpoints) {
    if (without_slash(endpoint.url) == without_slash(options_.base_url)) {
      chosen = &endpoint;
      several = false;
      break;
    }
    if (!endpoint.production || origin.empty() || net::origin_of(endpoint.url) != origin) continue;
    several = several || (chosen && without_slash(chosen->url) != without_slash(endpoint.url));
    if (!chosen) chosen = &endpoint;
  }
  if (!chosen || several) return;
  url_ = chosen->url;
  changeset_ = chosen->changeset;
  if (options_.format || (!chosen->json && !chosen->xml)) return;
  settled_ = chosen->json ? Open311Format::Json : Open311Format::Xml;
}

Result<std::vector<ReportType>> Open311Backend::services_in(Open311Format format, const CancelToken& cancel) {
  KIOSK_TRY(const Json document, get_from(url_, "/services", format, {}, cancel));
  KIOSK_TRY(auto services, open311::parse_services(document));
  format_ = format;
  return services;
}

Result<std::vector<ReportType>> Open311Backend::fetch_services(const CancelToken& cancel) {
  if (settled_) return services_in(*settled_, cancel);
  auto services = services_in(Open311Format::Json, cancel);
  const bool other = services.ok() || is_away(services.error()) || services.error().kind == ErrorKind::Cancelled;
  return other ? services : services_in(Open311Format::Xml, cancel);
}

const ReportType* Open311Backend::type_of(const std::string& type_code) const {
  if (!services_) return nullptr;
  const auto found = std::find_if(services_->begin(), services_->end(),
                                  [&](const ReportType& type) { return type.code == type_code; });
  return found == services_->end() ? nullptr : &*found;
}

Status Open311Backend::ready(const CancelToken& cancel) {
  Status known = refresh(cancel);
  if (known.ok() || known.error().kind != ErrorKind::NotFound) return known;
  return make_error(ErrorKind::Unsupported, "there is no list of services", known.error().where);
}

Result<std::vector<ReportType>> Open311Backend::types(CancelToken cancel) {
  KIOSK_CHECK(ready(cancel));
  return *services_;
}

Result<ReportForm> Open311Backend::form(const std::string& type_code, CancelToken cancel) {
  KIOSK_CHECK(ready(cancel));
  const ReportType* type = type_of(type_code);
  if (!type) return make_error(ErrorKind::NotFound, "no such kind of report", options_.id + ":" + type_code);
  return define(*type, cancel);
}

Result<ReportForm> Open311Backend::define(const ReportType& type, const CancelToken& cancel) {
  ReportForm form{{options_.id, type.code}, type.name, {}};
  if (!type.has_questions) return form;
  const auto known = definitions_.find(type.code);
  if (known != definitions_.end() && known->second.generation == generation_) return known->second.form;
  const Result<Json> document = get("/services/" + net::url_encode(type.code), {}, cancel);
  if (!document.ok()) {
    if (known != definitions_.end() && may_pass(document.error())) return known->second.form;
    return document.error();
  }
  KIOSK_TRY(form.questions, open311::parse_definition(*document));
  future_questions_.mark(form);
  future_questions_.tell_missing(*services_);
  definitions_[type.code] = {form, generation_};
  return form;
}

}  // namespace kiosk::promises
