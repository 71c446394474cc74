// The disk fails, fills up or loses its power at every moment of reports on their way: written down, sent, found again,
// sent later. What residents were told holds, and journal and back end agree once the disk is well again.
#include <set>

#include "tests/unit/fault_vfs.h"
#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using test::FaultVfs;

namespace {

constexpr int kMostMoments = 2'000;

// What happens to each report that is sent, in order; further ones are taken.
const std::vector<std::deque<OnSend>> kDiskPlans = {{OnSend::LoseAnswer, OnSend::Away}, {OnSend::Vanish, OnSend::Take}};

// What the residents were told of their reports. What a screen without power says counts for nothing.
struct ToldOnDisk {
  std::set<std::string> kept;       // references: sent, or to be sent without them
  std::set<std::string> withdrawn;  // references
};

// A kiosk on such a disk. Without a desk where its journal can't be opened.
struct Counter {
  Counter(const Folder& folder, const core::Clock& clock, FaultVfs& disk)
      : back_end(std::make_shared<BookKeeper>(books_in(folder), clock)) {
    auto opened = Journal::open(folder.database(), folder.key(), clock);
    if (!opened.ok()) return;
    journal = std::move(*opened);
    // A kiosk without power sends nothing and hears nothing.
    back_end->around = [this, &disk] {
      disk.moment();
      if (disk.has_power()) return;
      back_end->on_send = {OnSend::Away};
      back_end->on_look = OnLook::Away;
    };
    desk = std::make_unique<ReportDesk>(
        *journal, std::map<std::string, std::shared_ptr<ReportBackend>>{{"streets", back_end}}, clock, impatient());
  }
  std::shared_ptr<BookKeeper> back_end;
  std::unique_ptr<Journal> journal;
  std::unique_ptr<ReportDesk> desk;
};

void take_back(Counter& kiosk, const FaultVfs& disk, const Report& report, ToldOnDisk& told) {
  const auto back = kiosk.desk->withdraw(report.id);
  // An error says neither yes nor no: it may be sent still.
  if (back.ok() && disk.has_power()) told.withdrawn.insert(report.reference);
}

// Three residents report something; the outbox is worked at after each, and the last one thinks better of it.
ToldOnDisk live(Counter& kiosk, const FaultVfs& disk) {
  ToldOnDisk told;
  for (int i = 0; i < 3 && disk.has_power(); i++) {
    const bool last = i == 2;
    if (last) kiosk.back_end->then = OnSend::Away;
    const auto report = kiosk.desk->submit({{"streets", "pothole"}, "Pothole", {}}, pothole(), {});
    if (!disk.has_power() || !report.ok()) continue;
    if (last) {
      take_back(kiosk, disk, *report, told);
    } else {
      told.kept.insert(report->reference);
    }
    for (int j = 0; j < 3; j++) (void)kiosk.desk->recover({});
  }
  return told;
}

void recover(ReportDesk& desk) {
  for (int i = 0; i < 100; i++) {
    const auto outbox = desk.recover({});
    INFO((outbox.ok() ? std::string() : outbox.error().describe()));
    REQUIRE(outbox.ok());
    if (outbox->open == 0) return;
  }
  FAIL("something stays open");  // unresolved: 0
}

void check(Counter& kiosk, const Folder& folder, const ToldOnDisk& told) {
  const std::vector<std::string> books = book_lines(folder);
  const std::set<std::string> once(books.begin(), books.end());
  CHECK(once.size() == books.size());  // doubled: 0
  const auto all = kiosk.journal->newest_reports(10);
  REQUIRE(all.ok());
  std::size_t sent = 0;
  for (const Report& report : *all) {
    CHECK((report.state == ReportState::Sent) == once.contains(report.reference));  // falsely confirmed: 0
    CHECK_FALSE(*kiosk.journal->has_content(report.id));
    sent += report.state == ReportState::Sent;
    if (told.withdrawn.contains(report.reference)) CHECK(report.state == ReportState::Withdrawn);
  }
  CHECK(sent == books.size());
  for (const std::string& reference : told.kept) CHECK(once.contains(reference));  // lost: 0
}

// One run with the fault that `disk` was told of, and what comes after it. True where the power went.
bool run(FaultVfs& disk, const Folder& fresh, const std::deque<OnSend>& plan, bool restarts) {
  const Folder folder;
  std::filesystem::copy_file(fresh.database(), folder.database());
  std::filesystem::copy_file(fresh.key(), folder.key());
  const core::SystemClock clock;
  auto kiosk = std::make_unique<Counter>(folder, clock, disk);
  kiosk->back_end->on_send = plan;
  const ToldOnDisk told = kiosk->desk ? live(*kiosk, disk) : ToldOnDisk{};
  if (restarts || !kiosk->desk) kiosk.reset();
  const bool cut = !disk.has_power();
  disk.make_well();
  if (!kiosk) {
    disk.restore_power();
    kiosk = std::make_unique<Counter>(folder, clock, disk);
  }
  REQUIRE(kiosk->desk);
  kiosk->back_end->then = OnSend::Take;
  recover(*kiosk->desk);
  check(*kiosk, folder, told);
  kiosk.reset();
  disk.restore_power();
  return cut;
}

// A journal without a report.
void prepare(const Folder& folder) {
  const core::SystemClock clock;
  REQUIRE(Journal::open(folder.database(), folder.key(), clock).ok());
}

}  // namespace

TEST_CASE("a disk that is full or fails at any moment costs no report", "[promises][reports][disk]") {
  const Folder fresh;
  FaultVfs disk;
  prepare(fresh);
  int moments = 0, round = 0;
  for (const auto fault : {FaultVfs::Fault::Full, FaultVfs::Fault::Io, FaultVfs::Fault::Read}) {
    for (const auto lasts : {FaultVfs::Lasts::Once, FaultVfs::Lasts::UntilWell}) {
      for (std::size_t plan = 0; plan < kDiskPlans.size(); plan++) {
        for (int n = first_moment(round++, 3);; n += stride(3)) {
          INFO("fault " << static_cast<int>(fault) << ", lasting " << (lasts == FaultVfs::Lasts::UntilWell)
                        << ", at operation " << n << ", plan " << plan);
          REQUIRE(n < kMostMoments);
          disk.fail_at(n, fault, lasts);
          run(disk, fresh, kDiskPlans[plan], n % 2 == 0);
          moments++;
          if (!disk.has_failed()) break;
        }
      }
    }
  }
  CHECK(moments > 100);
}

TEST_CASE("a power cut at any moment costs no report", "[promises][reports][disk]") {
  const Folder fresh;
  FaultVfs disk;
  prepare(fresh);
  int moments = 0, round = 0;
  for (const auto remains : {FaultVfs::Remains::Synced, FaultVfs::Remains::Torn}) {
    for (std::size_t plan = 0; plan < kDiskPlans.size(); plan++) {
      bool cut = true;
      for (int n = first_moment(round++, 3); cut; n += stride(3)) {
        INFO("cut at moment " << n << ", torn " << (remains == FaultVfs::Remains::Torn) << ", plan " << plan);
        REQUIRE(n < kMostMoments);
        disk.cut_at(n, remains, static_cast<std::uint32_t>(n));
        cut = run(disk, fresh, kDiskPlans[plan], true);
        moments++;
      }
    }
  }
  CHECK(moments > 100);
}
