// Open311 GeoReport v2 with service discovery (facts: reports sheet), over master data and books.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "tests/sandbox/clock.h"
#include "tests/sandbox/ledger.h"
#include "tests/sandbox/open311_books.h"
#include "tests/sandbox/open311_data.h"
#include "tests/sandbox/open311_format.h"

namespace kiosk::sandbox {

// Thread-safe: one request at a time.
class Open311Api {
 public:
  Open311Api(Open311Map authorities, const SandboxClock& clock, Ledger& ledger);

  std::vector<std::string> ids() const;
  // `rest` is the path after "/open311/<authority>"; "/v2" before the method's own path may be left out.
  Answer answer(const Call& call, const std::string& authority, const std::string& rest, const std::string& endpoint,
                const Open311Behaviour& behaviour);

  core::Json reports_json();
  // As staff of the authority do. NotFound where there is no such report.
  core::Status close(const std::string& authority, const std::string& number, const std::string& notes);
  void restore(const core::Json& reports);
  void reset();
  // Called, locked, after each change of the books.
  void on_change(std::function<void(const core::Json& reports)> changed) { changed_ = std::move(changed); }

 private:
  struct Context;  // one request

  Answer dispatch(Context& context, const std::string& path);
  Answer discovery(const Context& context);
  Answer services(const Context& context);
  Answer definition(const Context& context, const std::string& service_code);
  Answer requests(const Context& context);
  Answer request(const Context& context, const std::string& number);
  Answer token(const Context& context, const std::string& token);
  Answer file(const Context& context);
  std::optional<Answer> misplaced(const Context& context);
  void judge(const Context& context, const Pairs& given, std::string_view known);
  core::Json as_request(const Context& context, const FiledReport& report) const;
  void add_known();

  Open311Map authorities_;
  const SandboxClock& clock_;
  Ledger& ledger_;
  std::mutex mutex_;
  FiledReports reports_;
  std::function<void(const core::Json&)> changed_;
};

}  // namespace kiosk::sandbox
