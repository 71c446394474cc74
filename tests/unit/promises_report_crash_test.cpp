// The kiosk is killed at every moment at which it looks at the clock, and around every request, while it makes reports
// and works its outbox off. Whatever the moment, the kiosk that starts afterwards brings journal and back end together.
#include <cstdlib>
#include <sstream>

#include "tests/unit/promises_fatal.h"
#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;

namespace {

constexpr const char* kReportsTest = "reports in a process of its own";
constexpr const char* kReportsVariable = "KIOSK_TEST_REPORTS";
constexpr char kSaidSent = 'S', kSaidNotYet = 'Q', kSaidUnknown = 'U';

// What happens to each report that is sent, in order; further ones are taken.
const std::vector<std::deque<OnSend>> kPlans = {
    {},
    {OnSend::LoseAnswer},
    {OnSend::Vanish, OnSend::LoseAnswer},
    {OnSend::Away, OnSend::Vanish},
    {OnSend::Busy, OnSend::LoseAnswer, OnSend::Away},
};

char said(const Report& report) {
  if (report.state == ReportState::Sent) return kSaidSent;
  return report.state == ReportState::Queued ? kSaidNotYet : kSaidUnknown;
}

// Two residents report something; the outbox is worked at after each.
[[noreturn]] void report_twice(const core::Json& told) {
  const FatalClock clock(told["looks"].get<int>());
  auto journal = Journal::open(told["database"].get<std::string>(), told["key"].get<std::string>(), clock);
  if (!journal.ok()) ::_exit(3);
  const auto back_end = std::make_shared<BookKeeper>(told["books"].get<std::string>(), clock);
  back_end->on_send = kPlans.at(told["plan"].get<std::size_t>());
  back_end->around = [&] { clock.count(); };
  ReportDesk desk(**journal, {{"streets", back_end}}, clock, impatient());
  for (int i = 0; i < 2; i++) {
    const auto report = desk.submit({{"streets", "pothole"}, "Pothole", {}}, pothole(), {});
    if (!report.ok()) ::_exit(4);
    const std::string line = said(*report) + report->reference + "\n";
    (void)!::write(told["claim"].get<int>(), line.data(), line.size());
    for (int j = 0; j < 3; j++) (void)desk.recover({});
  }
  ::_exit(0);
}

struct Told {
  char what;
  std::string reference;
};

std::vector<Told> told_by(const FatalRun& run) {
  std::vector<Told> all;
  std::istringstream lines(run.said);
  for (std::string line; std::getline(lines, line);) all.push_back({line.at(0), line.substr(1)});
  return all;
}

}  // namespace

TEST_CASE("reports in a process of its own", "[.]") {
  if (const char* const told = std::getenv(kReportsVariable)) report_twice(core::Json::parse(told));
}

TEST_CASE("killed at any step, every report reaches the back end once", "[promises][reports][crash]") {
  int moments = 0;
  for (std::size_t plan = 0; plan < kPlans.size(); plan++) {
    for (int looks = first_moment(static_cast<int>(plan), 2);; looks += stride(2)) {
      INFO("plan " << plan << ", killed at look " << looks);
      REQUIRE(looks < 300);
      const Folder folder;
      const FatalRun run = run_fatally(kReportsTest, kReportsVariable,
                                       {{"database", folder.database().string()},
                                        {"key", folder.key().string()},
                                        {"books", books_in(folder).string()},
                                        {"looks", looks},
                                        {"plan", plan}});
      moments++;
      const core::SystemClock clock;
      ReportKiosk next(folder, clock, impatient());
      CHECK(next.recover().open == 0);
      const std::vector<std::string> books = book_lines(folder);
      const std::set<std::string> once(books.begin(), books.end());
      CHECK(once.size() == books.size());  // doubled: 0
      std::size_t sent = 0;
      const auto all = next.journal->newest_reports(10);
      REQUIRE(all.ok());
      for (const Report& report : *all) {
        CHECK(report.state == ReportState::Sent);  // unresolved: 0
        CHECK(once.contains(report.reference));    // falsely confirmed: 0
        CHECK_FALSE(*next.journal->has_content(report.id));
        sent++;
      }
      CHECK(sent == books.size());
      for (const Told& told : told_by(run)) CHECK(once.contains(told.reference));  // lost: 0
      if (run.finished) break;
    }
  }
  CHECK(moments > 50);
}
