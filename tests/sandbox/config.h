// How the pretend back ends behave when nothing is wrong: POST /sandbox/config, see README.md.
#pragma once

#include <map>
#include <string>

#include "kiosk/core/json.h"
#include "kiosk/core/result.h"
#include "tests/sandbox/convert.h"
#include "tests/sandbox/ledger.h"

namespace kiosk::sandbox {

// The defaults are what live feeds were seen to do.
struct FeedBehaviour {
  bool filters = false;     // search, modified_after, ages, ... are obeyed
  bool full_lists = false;  // lists hold full objects
  bool conditional = true;  // ETag and Last-Modified, answered with 304
  bool taxonomies = true;   // the endpoint exists
  bool taxonomy_terms = true;
  bool organizations = true;
  bool service_at_locations = true;
  bool sparse_envelope = false;  // as the official mock: no totals, an empty page says nothing but "empty"
  int page_size = 50;            // where per_page is missing
  int max_page_size = 1000;
  std::string version;  // of GET /; empty: the dialect's own
  Oruk1Style oruk1_style = Oruk1Style::Reference;
};

struct ZmsBehaviour {
  int rate_limit = 240;  // requests in rate_window_s for one client; 0: none. The real default is 60
  int rate_window_s = 60;
  int auth_key_length = 4;  // 4 or 64 hex digits
  bool maintenance = false;
};

// The defaults are those of a server that keeps to GeoReport v2.
struct Open311Behaviour {
  bool json = true, xml = true;  // the formats that exist
  bool wrapped = false;          // lists in JSON as mySociety's servers have them: {"services": […]}
  bool drift = false;            // ids as numbers; numbers and booleans as text
  bool discovery = true;
  bool requests = true;      // GET /requests exists
  bool descriptions = true;  // are given in it
  bool filters = true;       // of it are obeyed
  bool paging = false;       // `page` is obeyed, with pages of page_size
  bool strict = false;       // unknown parameters are refused
  bool html_errors = false;
  int page_size = 50;
  int max_rows = 1000;    // of GET /requests without paging
  int token_delay_s = 5;  // until a token has its number, by the sandbox's clock
  std::string changeset = "2031-01-01T00:00:00Z";
};

struct SandboxConfig {
  FeedBehaviour all_feeds;
  std::map<std::string, FeedBehaviour> feeds;  // that differ
  ZmsBehaviour zms;
  Open311Behaviour all_open311;
  std::map<std::string, Open311Behaviour> open311;  // that differ
  ClientRules client_rules;

  const FeedBehaviour& feed(const std::string& id) const;
  const Open311Behaviour& reports(const std::string& id) const;
};

// `patch` as in POST /sandbox/config. Invalid names the member that is wrong; then nothing changes.
core::Status apply_config(const core::Json& patch, SandboxConfig& config);
core::Json to_json(const SandboxConfig& config);

}  // namespace kiosk::sandbox
