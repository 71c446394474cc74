// A feed over HTTP: /F/hsds3, /F/oruk3, /F/oruk1. Lists are shallow and filters ignored unless the configuration says
// otherwise, because live feeds are like that.
#pragma once

#include <string>

#include "tests/sandbox/config.h"
#include "tests/sandbox/exchange.h"
#include "tests/sandbox/feeds.h"
#include "tests/sandbox/ledger.h"

namespace kiosk::sandbox {

enum class Dialect { Hsds3, Oruk3, Oruk1 };

struct DirectoryRequest {
  const Call& call;
  const Feed& feed;
  Dialect dialect;
  std::string rest;      // the path after the dialect: "/services/abc"
  std::string endpoint;  // for the ledger
  const FeedBehaviour& behaviour;
};

std::optional<Dialect> dialect_of(std::string_view name);
Answer answer_directory(const DirectoryRequest& request, Ledger& ledger);

// Which services a request asks for, were its filters obeyed.
bool passes_filters(const Call& call, Dialect dialect, const core::Json& service);

}  // namespace kiosk::sandbox
