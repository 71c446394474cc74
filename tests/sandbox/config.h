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
  bool rate_until_quiet = false;  // requests are forgotten all at once, a window after the last: as the servers do it
  int auth_key_length = 4;        // 4 or 64 hex digits
  bool maintenance = false;
  bool legacy = false;       // the generation up to muc45: other calendar routes, no last slash
  bool captcha = true;       // switched on, for the offices that ask for one
  int captcha_cost = 10;     // rounds of SHA-256 for each try, of which there are 16 on average
  int captcha_life_s = 300;  // of a token
  int line = 0;              // another number: clients seem to come from other addresses, as after a failover
};

struct SandboxConfig {
  FeedBehaviour all_feeds;
  std::map<std::string, FeedBehaviour> feeds;  // that differ
  ZmsBehaviour zms;
  std::map<std::string, ZmsBehaviour> zms_backends;  // that differ
  ClientRules client_rules;

  const FeedBehaviour& feed(const std::string& id) const;
  const ZmsBehaviour& zms_backend(const std::string& id) const;
};

// `patch` as in POST /sandbox/config. Invalid names the member that is wrong; then nothing changes.
core::Status apply_config(const core::Json& patch, SandboxConfig& config);
core::Json to_json(const SandboxConfig& config);

}  // namespace kiosk::sandbox
