// The desk for reports against a back end that is away, loses answers, is slow to write and can't be asked.
#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;
using core::Milliseconds;

namespace {

struct DeskWorld {
  Folder folder;
  core::AdjustableClock clock{core::Instant(Milliseconds(1'800'000'000'000))};
  std::unique_ptr<ReportKiosk> kiosk;

  explicit DeskWorld(ReportDeskOptions options = quick_reports())
      : kiosk(std::make_unique<ReportKiosk>(folder, clock, std::move(options))) {}
  void restart() {
    const BookKeeper& old = *kiosk->backend;
    const OnLook on_look = old.on_look;
    kiosk.reset();
    kiosk = std::make_unique<ReportKiosk>(folder, clock);
    kiosk->backend->on_look = on_look;
  }
  ReportDesk& desk() { return *kiosk->desk; }
  Journal& journal() { return *kiosk->journal; }
  BookKeeper& back_end() { return *kiosk->backend; }
  Report submit() {
    auto report = kiosk->submit();
    INFO((report.ok() ? std::string() : report.error().describe()));
    REQUIRE(report.ok());
    return *report;
  }
  ReportState state(const std::string& id) { return kiosk->state(id); }
  // Time passes as the outbox asks for it, until nothing is open or `longest` has passed.
  std::size_t live(Milliseconds longest) {
    const Milliseconds end = clock.monotonic() + longest;
    for (;;) {
      const Outbox outbox = kiosk->recover();
      if (outbox.open == 0 || clock.monotonic() + outbox.again_in > end) return outbox.open;
      clock.advance(outbox.again_in);
    }
  }
  bool on_disk(const std::string& text) {
    std::string bytes;
    for (const char* suffix : {"", "-wal", "-shm"}) {
      std::ifstream file(folder.database().string() + suffix, std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes.find(text) != std::string::npos;
  }
};

}  // namespace

TEST_CASE("a report is sent at once where the back end answers", "[promises][reports]") {
  DeskWorld world;
  const Report report = world.submit();
  CHECK(report.state == ReportState::Sent);
  CHECK(report.request_id == "1");
  CHECK(report.notice == "Within five days.");
  CHECK(core::parse_check_code(report.code).ok());
  CHECK(report.reference != report.code);
  CHECK(book_lines(world.folder) == std::vector<std::string>{report.reference});
  CHECK(world.back_end().said.at(0) == pothole().description.reveal());  // to the last byte
  CHECK(world.desk().find_by_code(report.code)->id == report.id);
  CHECK(world.desk().find_by_code("00000000").error().kind == ErrorKind::NotFound);
  CHECK(world.kiosk->recover().open == 0);
  CHECK(world.back_end().sent.size() == 1);
  const auto status = world.desk().status(report.id, {});
  REQUIRE(status.ok());
  REQUIRE(status->remote);
  CHECK(status->remote->status_notes == "Seen");
  CHECK(world.desk().withdraw(report.id).error().kind == ErrorKind::Invalid);
}

TEST_CASE("while the back end is away, reports wait in order and go out in order", "[promises][reports]") {
  DeskWorld world;
  world.back_end().then = OnSend::Away;
  std::vector<std::string> references;
  for (int i = 0; i < 6; i++) {
    const Report report = world.submit();
    CHECK(report.state == ReportState::Queued);
    references.push_back(report.reference);
    world.clock.advance(std::chrono::seconds(1));
  }
  // Those behind the first don't ask for themselves: one attempt at a time.
  CHECK(world.back_end().sent.size() == 1);
  CHECK(world.live(std::chrono::hours(3)) == 6);
  CHECK(world.back_end().sent.size() < 20);  // later and later
  world.restart();
  CHECK(world.live(std::chrono::hours(2)) == 0);
  CHECK(book_lines(world.folder) == references);
  CHECK(world.back_end().sent == references);
}

TEST_CASE("a clock that was set back delays nothing for long", "[promises][reports]") {
  for (const int hours : {-24 * 365, 24 * 365}) {
    DeskWorld world;
    world.back_end().on_send = {OnSend::Away, OnSend::Away};
    const Report first = world.submit();
    world.clock.advance(
        std::chrono::hours(hours));  // the monotonic clock goes along: a new one begins with the restart
    world.restart();
    const Report second = world.submit();
    CHECK(world.live(std::chrono::hours(3)) == 0);
    CHECK(book_lines(world.folder) == std::vector<std::string>{first.reference, second.reference});
  }
}

TEST_CASE("a new report goes after the older ones that are due", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Away};
  const Report first = world.submit();
  const Report second = world.submit();
  CHECK(world.back_end().sent.size() == 1);  // the pause is not over
  world.clock.advance(std::chrono::minutes(1));
  const Report third = world.submit();
  CHECK(third.state == ReportState::Sent);
  CHECK(book_lines(world.folder) == std::vector<std::string>{first.reference, second.reference, third.reference});
}

TEST_CASE("an open breaker costs no tries", "[promises][reports]") {
  Milliseconds closed{0};
  ReportDeskOptions options = quick_reports();
  options.closed_for = [&](const std::string&) { return closed; };
  DeskWorld world(options);
  closed = std::chrono::minutes(5);
  const Report report = world.submit();
  CHECK(report.state == ReportState::Queued);
  CHECK(world.kiosk->recover().again_in == closed);
  CHECK(world.back_end().sent.empty());
  CHECK(world.journal().report_tries(report.id)->count == 0);
  closed = Milliseconds(0);
  CHECK(world.kiosk->recover().open == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
}

TEST_CASE("an answer that was lost is looked for before anything is said", "[promises][reports]") {
  for (const OnSend lost : {OnSend::LoseAnswer, OnSend::Garble}) {
    DeskWorld world;
    world.back_end().on_send = {lost};
    const Report report = world.submit();
    CHECK(report.state == ReportState::Sent);
    CHECK(report.request_id == "1");
    CHECK(book_lines(world.folder).size() == 1);
    CHECK(world.state(report.id) == ReportState::Sent);
  }
}

TEST_CASE("what did not arrive is sent again, but not before a slow writer has had its time", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Vanish};
  const Report report = world.submit();
  CHECK(report.state == ReportState::Unknown);
  CHECK(world.live(std::chrono::minutes(9)) == 1);
  CHECK(world.back_end().sent.size() == 1);
  CHECK(world.back_end().looks > 2);
  CHECK(world.live(std::chrono::minutes(30)) == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
  CHECK(world.back_end().sent.size() == 2);
  CHECK(book_lines(world.folder) == std::vector<std::string>{report.reference});
}

TEST_CASE("a back end that writes slowly gets nothing twice", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::LoseAnswer};
  world.back_end().shows_in = std::chrono::minutes(8);
  const Report report = world.submit();
  CHECK(report.state == ReportState::Unknown);
  CHECK(world.live(std::chrono::hours(2)) == 0);
  CHECK(world.back_end().sent.size() == 1);
  CHECK(world.state(report.id) == ReportState::Sent);
}

TEST_CASE("the time of a slow writer begins anew with a restart", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Vanish};
  world.back_end().on_look = OnLook::Empty;
  const Report report = world.submit();
  world.clock.advance(std::chrono::hours(24));  // the wall clock may have been wrong before: it proves nothing
  world.restart();
  CHECK(world.live(std::chrono::minutes(9)) == 1);
  CHECK(world.back_end().sent.empty());
  CHECK(world.live(std::chrono::minutes(40)) == 0);
  CHECK(book_lines(world.folder) == std::vector<std::string>{report.reference});
}

TEST_CASE("where the back end can't be asked, nothing is sent a second time until staff decide",
          "[promises][reports]") {
  for (const bool arrived : {true, false}) {
    DeskWorld world;
    world.back_end().on_look = OnLook::Blind;
    world.back_end().on_send = {arrived ? OnSend::LoseAnswer : OnSend::Vanish};
    const Report report = world.submit();
    CHECK(report.state == ReportState::Unknown);
    CHECK(world.live(std::chrono::hours(48)) == 1);
    CHECK(world.back_end().sent.size() == 1);
    CHECK(world.desk().withdraw(report.id).error().kind == ErrorKind::Invalid);
    world.restart();
    using Verdict = ReportDesk::Verdict;
    const auto settled = world.desk().settle(report.id, arrived ? Verdict::Sent : Verdict::NotSent);
    REQUIRE(settled.ok());
    CHECK(world.live(std::chrono::hours(2)) == 0);
    CHECK(world.state(report.id) == ReportState::Sent);
    CHECK(world.back_end().sent.size() == (arrived ? 0 : 1));
    CHECK(book_lines(world.folder).size() == 1);
    CHECK(world.desk().settle(report.id, Verdict::NotSent).error().kind == ErrorKind::Invalid);
  }
}

TEST_CASE("what the back end refuses is told, and nothing is kept of it", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::BadContent, OnSend::UnknownType, OnSend::BadKey};
  const auto refused = world.kiosk->submit();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::Invalid);
  CHECK(refused.error().what == "Planted Surname is not welcome");  // for the resident alone
  CHECK_FALSE(world.on_disk("Planted"));
  CHECK(world.submit().state == ReportState::Refused);
  CHECK(world.submit().state == ReportState::Refused);
  CHECK(world.kiosk->recover().open == 0);
  const auto all = world.journal().newest_reports(10);
  REQUIRE(all.ok());
  for (const Report& report : *all) {
    CHECK_FALSE(*world.journal().has_content(report.id));
  }
  CHECK(world.submit().state == ReportState::Sent);
}

TEST_CASE("a key or a kind that is refused costs nobody a report who was told that it will be sent",
          "[promises][reports]") {
  for (const OnSend no : {OnSend::BadKey, OnSend::UnknownType}) {
    DeskWorld world;
    world.back_end().on_send = {OnSend::Away, no, no, no};
    const Report first = world.submit();
    const Report second = world.submit();
    CHECK(world.live(std::chrono::minutes(30)) == 2);
    CHECK(world.state(first.id) == ReportState::Queued);
    CHECK(*world.journal().has_content(first.id));
    CHECK(world.live(std::chrono::hours(4)) == 0);
    CHECK(book_lines(world.folder).size() == 2);
    CHECK(world.state(second.id) == ReportState::Sent);
  }
}

TEST_CASE("one that is refused for itself lets those behind it pass", "[promises][reports]") {
  for (const OnSend no : {OnSend::BadKey, OnSend::UnknownType}) {
    DeskWorld world;
    world.back_end().on_send = {OnSend::Away, no};
    const Report first = world.submit();
    const Report second = world.submit();
    CHECK(world.live(std::chrono::minutes(2)) == 1);
    CHECK(world.state(first.id) == ReportState::Queued);
    CHECK(world.state(second.id) == ReportState::Sent);
  }
}

TEST_CASE("what was not sent can be taken back", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Away};
  const Report report = world.submit();
  CHECK(world.desk().withdraw(report.id)->state == ReportState::Withdrawn);
  CHECK(world.desk().withdraw(report.id)->state == ReportState::Withdrawn);
  CHECK(world.desk().withdraw("no such").error().kind == ErrorKind::NotFound);
  CHECK_FALSE(*world.journal().has_content(report.id));
  CHECK(world.live(std::chrono::hours(2)) == 0);
  CHECK(book_lines(world.folder).empty());
}

TEST_CASE("what a resident said is never readable on the disk, and gone once it is sent", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Busy};
  const Report report = world.submit();
  CHECK(report.state == ReportState::Queued);
  CHECK(world.on_disk(report.id + "/content"));
  for (const char* planted : {"Planted", "planted", "deep hole", "900123", "knee"}) CHECK_FALSE(world.on_disk(planted));
  CHECK(world.live(std::chrono::hours(1)) == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
  CHECK_FALSE(world.on_disk(report.id + "/content"));
}

TEST_CASE("a number that comes later is asked for until it is known, but not for ever", "[promises][reports]") {
  for (const bool ever : {true, false}) {
    DeskWorld world;
    world.back_end().answer = ReportAnswer::Later;
    world.back_end().number_ready = false;
    const Report report = world.submit();
    CHECK(report.state == ReportState::Sent);
    CHECK(report.request_id.empty());
    CHECK(world.live(std::chrono::minutes(30)) == 1);
    CHECK_FALSE(world.desk().status(report.id, {})->remote);
    world.back_end().number_ready = ever;
    CHECK(world.live(std::chrono::hours(24 * 7)) == 0);
    CHECK(world.journal().find_report(report.id)->request_id == (ever ? "1" : ""));
    CHECK(world.back_end().redeems <= kMostTokenTries + 1);
    CHECK(book_lines(world.folder).size() == 1);
    world.back_end().number_ready = true;  // whoever asks gets to know it all the same
    CHECK(world.desk().status(report.id, {})->report.request_id == "1");
  }
}

TEST_CASE("what could not be sent for two weeks is closed, and its content erased", "[promises][reports]") {
  DeskWorld world;
  world.back_end().then = OnSend::Away;
  const Report report = world.submit();
  CHECK(world.live(std::chrono::hours(13 * 24)) == 1);
  CHECK(world.live(std::chrono::hours(2 * 24)) == 0);
  CHECK(world.state(report.id) == ReportState::Refused);
  CHECK(world.journal().find_report(report.id)->problem.starts_with("could not be sent"));
  CHECK_FALSE(*world.journal().has_content(report.id));
}

TEST_CASE("a wall clock that runs ahead by years closes nothing", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Away};
  const Report report = world.submit();
  world.clock.advance(std::chrono::hours(24 * 365 * 3));
  world.restart();
  CHECK(world.live(std::chrono::hours(1)) == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
}

TEST_CASE("what may have been sent stays in question without its content", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Vanish};
  world.back_end().on_look = OnLook::Blind;
  const Report report = world.submit();
  CHECK(world.live(std::chrono::hours(15 * 24)) == 1);
  CHECK(world.state(report.id) == ReportState::Unknown);
  CHECK_FALSE(*world.journal().has_content(report.id));
  CHECK(world.desk().settle(report.id, ReportDesk::Verdict::NotSent)->state == ReportState::Refused);
  CHECK(world.back_end().sent.size() == 1);
}

TEST_CASE("two programs don't take the same step", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_look = OnLook::Blind;
  world.back_end().on_send = {OnSend::Vanish};
  const Report report = world.submit();
  auto other = world.journal().another();
  REQUIRE(other.ok());
  Report stale = *(*other)->find_report(report.id);
  REQUIRE(world.desk().settle(report.id, ReportDesk::Verdict::Sent).ok());
  stale.state = ReportState::Queued;
  CHECK((*other)->record(stale, ReportState::Unknown).error().kind == ErrorKind::Refused);
  CHECK(world.state(report.id) == ReportState::Sent);
}

TEST_CASE("a desk looks after its own back ends' reports alone", "[promises][reports]") {
  DeskWorld world;
  world.back_end().on_send = {OnSend::Away};
  const Report report = world.submit();
  auto journal = world.journal().another();
  REQUIRE(journal.ok());
  const auto parks = std::make_shared<BookKeeper>(books_in(world.folder), world.clock);
  ReportDesk other(**journal, {{"parks", parks}}, world.clock, quick_reports());
  world.clock.advance(std::chrono::hours(1));
  CHECK(other.recover({})->open == 0);
  CHECK(parks->sent.empty());
  CHECK(other.form({"streets", "pothole"}, {}).error().kind == ErrorKind::NotFound);
  CHECK(other.submit({{"streets", "pothole"}, "Pothole", {}}, pothole(), {}).error().kind == ErrorKind::NotFound);
  CHECK(world.state(report.id) == ReportState::Queued);
}

TEST_CASE("a disk that fails sends nothing, and unsays nothing", "[promises][reports]") {
  DeskWorld world;
  auto disk = store::Database::open(world.folder.database());
  REQUIRE(disk.ok());
  REQUIRE(disk->run_script("ALTER TABLE report_history RENAME TO away").ok());
  CHECK_FALSE(world.kiosk->submit().ok());
  CHECK(world.back_end().sent.empty());
  REQUIRE(disk->run_script("ALTER TABLE away RENAME TO report_history").ok());
  CHECK(world.journal().newest_reports(10)->empty());

  int calls = 0;
  world.back_end().around = [&] {
    if (++calls == 2) CHECK(disk->run_script("ALTER TABLE report_history RENAME TO away").ok());
  };
  const Report report = world.submit();
  CHECK(report.state == ReportState::Sent);  // the back end said so
  world.back_end().around = nullptr;
  REQUIRE(disk->run_script("ALTER TABLE away RENAME TO report_history").ok());
  CHECK(world.state(report.id) == ReportState::Sending);
  CHECK(world.live(std::chrono::hours(1)) == 0);
  CHECK(world.state(report.id) == ReportState::Sent);
  CHECK(book_lines(world.folder).size() == 1);
}
