// The desk before a back end that answers as it is told to, with another program at the same journal: what a server
// over HTTP can't be made to do at the right moment.
#include <algorithm>
#include <functional>

#include "tests/unit/promises_support.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;

namespace {

// Keeps the books as they should be kept. `before` a step can refuse it, `after` it can lose its answer; both are told
// the name of the call.
class Books final : public BookingBackend {
 public:
  using Hook = std::function<core::Status(const std::string& step)>;
  explicit Books(const core::Clock& clock) : clock_(clock) {}

  core::Result<Offer> offer(const BookingTarget&, work::CancelToken) override { return Offer{}; }
  core::Result<Calendar> calendar(const BookingTarget&, const std::vector<std::string>&, core::Date, core::Date,
                                  work::CancelToken) override {
    return Calendar{};
  }
  core::Result<Hold> reserve(const BookingTarget&, const Slot& slot, work::CancelToken) override {
    const std::string id = std::to_string(kept.size() + 1);
    RemoteBooking remote;
    remote.state = RemoteState::Reserved;
    remote.slot = slot;
    kept[id] = remote;
    Hold hold;
    hold.handle.process_id = id;
    hold.until = clock_.now() + std::chrono::minutes(15);
    return hold;
  }
  core::Status update(const Handle&, const Details&, work::CancelToken) override { return {}; }
  core::Result<RemoteBooking> confirm(const Booking&, const Handle& handle, const Details&,
                                      work::CancelToken) override {
    KIOSK_CHECK(count("confirm"));
    RemoteBooking& remote = kept.at(handle.process_id);
    if (remote.state == RemoteState::Gone) return core::make_error(ErrorKind::NotFound, "gone");
    remote.state = RemoteState::Confirmed;
    const RemoteBooking answer = remote;
    KIOSK_CHECK(after("confirm"));
    return answer;
  }
  core::Result<RemoteBooking> read(const Booking&, const Handle& handle, work::CancelToken) override {
    KIOSK_CHECK(count("read"));
    const RemoteBooking answer = kept.at(handle.process_id);
    KIOSK_CHECK(after("read"));
    return answer;
  }
  core::Status cancel(const Handle& handle, work::CancelToken) override {
    KIOSK_CHECK(count("cancel"));
    kept.at(handle.process_id).state = RemoteState::Gone;
    return after("cancel");
  }

  std::size_t confirmed() const {
    return static_cast<std::size_t>(std::count_if(
        kept.begin(), kept.end(), [](const auto& entry) { return entry.second.state == RemoteState::Confirmed; }));
  }

  Hook before = [](const std::string&) { return core::Status(); };
  Hook after = before;
  std::map<std::string, RemoteBooking> kept;
  std::map<std::string, int> asked;

 private:
  core::Status count(const std::string& step) {
    asked[step]++;
    return before(step);
  }

  const core::Clock& clock_;
};

// Fails the calls of this name.
Books::Hook failing(const std::string& which, ErrorKind kind) {
  return [which, kind](const std::string& step) -> core::Status {
    if (step == which) return core::make_error(kind, "as told");
    return {};
  };
}

Books::Hook harmless() {
  return [](const std::string&) { return core::Status(); };
}

struct ScriptedWorld {
  Folder folder;
  core::AdjustableClock clock;
  std::unique_ptr<Journal> journal = open_journal(folder, clock);
  std::unique_ptr<Journal> staffs = open_journal(folder, clock);
  std::shared_ptr<Books> books = std::make_shared<Books>(clock);
  BookingDesk desk{*journal, {{"desk", books}}, clock, quick_desk()};
  BookingDesk staff{*staffs, {{"desk", books}}, clock, quick_desk()};

  Slot slot(int hours) const {
    const auto day = std::chrono::floor<std::chrono::days>(clock.now()) + std::chrono::days(3);
    return {kOffice, core::Instant(day) + std::chrono::hours(hours)};
  }
  core::Result<Booking> try_hold(int hours, const std::string& replaces = {}) {
    Offer offer;
    offer.target = {"desk", kService};
    offer.name = "Blue Badge help";
    Office office;
    office.id = kOffice;
    offer.offices.push_back(office);
    return desk.hold(offer, slot(hours), {}, replaces);
  }
  Booking hold(int hours, const std::string& replaces = {}) {
    const auto held = try_hold(hours, replaces);
    INFO((held.ok() ? std::string() : held.error().describe()));
    REQUIRE(held.ok());
    return *held;
  }
  Booking confirm(const std::string& id) {
    const auto booked = desk.confirm(id, resident(), {});
    INFO((booked.ok() ? std::string() : booked.error().describe()));
    REQUIRE(booked.ok());
    return *booked;
  }
  Booking book(int hours) {
    const Booking booked = confirm(hold(hours).id);
    REQUIRE(booked.state == BookingState::Confirmed);
    return booked;
  }
  // A confirmation whose answer is lost while the books can't be read; afterwards all is well again.
  Booking confirm_unknown(const std::string& id, bool took_effect) {
    books->before = [took_effect](const std::string& step) -> core::Status {
      const bool lost = step == "read" || (step == "confirm" && !took_effect);
      if (lost) return core::make_error(ErrorKind::Interrupted, "as told");
      return {};
    };
    books->after = failing("confirm", ErrorKind::Interrupted);
    const Booking open = confirm(id);
    REQUIRE(open.state == BookingState::Unknown);
    books->before = books->after = harmless();
    return open;
  }
  Booking journalled(const std::string& id) { return *journal->find(id); }
  bool history_tells(const std::string& id, const std::string& words) {
    const auto history = journal->history(id);
    REQUIRE(history.ok());
    return std::any_of(history->begin(), history->end(),
                       [&](const HistoryEntry& entry) { return entry.note.find(words) != std::string::npos; });
  }
};

}  // namespace

TEST_CASE("giving a hold back touches nothing that is more than a hold", "[promises][desk]") {
  ScriptedWorld world;
  const Booking booked = world.book(9);
  CHECK(world.desk.release_hold(booked.id, {})->state == BookingState::Confirmed);
  const Booking open = world.confirm_unknown(world.hold(10).id, true);
  CHECK(world.desk.release_hold(open.id, {})->state == BookingState::Unknown);
  CHECK(world.books->asked["cancel"] == 0);
  CHECK(world.books->confirmed() == 2);
  const Booking held = world.hold(11);
  CHECK(world.desk.release_hold(held.id, {})->state == BookingState::Released);
  CHECK(world.books->asked["cancel"] == 1);
}

TEST_CASE("staff's look leaves a confirmation alone that is being sent again", "[promises][desk]") {
  ScriptedWorld world;
  const Booking held = world.hold(9);
  BookingState staff_found = BookingState::Drafted;
  world.books->before = [&](const std::string& step) -> core::Status {
    if (step != "confirm") return {};
    if (world.books->asked["confirm"] == 1) return core::make_error(ErrorKind::Interrupted, "lost");
    const auto looked = world.staff.resolve(held.id, {});
    if (looked.ok()) staff_found = looked->state;
    return {};
  };
  CHECK(world.confirm(held.id).state == BookingState::Confirmed);
  CHECK(staff_found == BookingState::Confirming);
  CHECK(world.books->asked["cancel"] == 0);
  CHECK(world.books->confirmed() == 1);
  CHECK(world.journalled(held.id).state == BookingState::Confirmed);
}

TEST_CASE("what staff have given back meanwhile is not sent again, and is told as it is", "[promises][desk]") {
  ScriptedWorld world;
  const Booking held = world.hold(9);
  const bool before_the_books_are_read = GENERATE(true, false);
  bool done = false;
  const auto meddle = [&](const std::string& step) -> core::Status {
    if (step != "read" || done) return {};
    done = true;
    CHECK(world.staff.resolve(held.id, {})->state == BookingState::Released);
    return {};
  };
  world.books->before = [&](const std::string& step) -> core::Status {
    if (step == "confirm") return core::make_error(ErrorKind::Interrupted, "lost");
    return before_the_books_are_read ? meddle(step) : core::Status();
  };
  if (!before_the_books_are_read) world.books->after = meddle;
  CHECK(world.confirm(held.id).state == BookingState::Released);
  CHECK(world.books->asked["confirm"] == 1);
  CHECK(world.journalled(held.id).state == BookingState::Released);
  CHECK(world.books->confirmed() == 0);
}

TEST_CASE("while a move is not known, its appointment is neither moved nor cancelled", "[promises][move]") {
  ScriptedWorld world;
  const Booking old = world.book(9);
  const Booking other = world.hold(12, old.id);
  const Booking moved = world.hold(10, old.id);
  const bool took_effect = GENERATE(true, false);
  world.confirm_unknown(moved.id, took_effect);

  CHECK(world.try_hold(11, old.id).error().kind == ErrorKind::Invalid);
  CHECK(world.desk.confirm(other.id, resident(), {}).error().kind == ErrorKind::Invalid);
  CHECK(world.desk.release(old.id, {}).error().kind == ErrorKind::Invalid);
  CHECK(world.journalled(old.id).state == BookingState::Confirmed);
  CHECK_FALSE(world.journalled(old.id).giving_up);

  const auto found = world.desk.look(old.id, {});
  REQUIRE(found.ok());
  CHECK(found->booking.id == (took_effect ? moved.id : old.id));
  CHECK(found->booking.state == BookingState::Confirmed);
  CHECK(found->as_of_now);
  CHECK(world.books->confirmed() == 1);
  CHECK(world.journalled(old.id).state == (took_effect ? BookingState::Cancelled : BookingState::Confirmed));
  CHECK(world.desk.confirm(other.id, resident(), {}).ok() == !took_effect);
  CHECK(world.books->confirmed() == 1);
}

TEST_CASE("a move that still is not known is what the old appointment's code shows", "[promises][move]") {
  ScriptedWorld world;
  const Booking old = world.book(9);
  const Booking moved = world.hold(10, old.id);
  world.confirm_unknown(moved.id, true);
  world.books->before = failing("read", ErrorKind::Timeout);
  const auto found = world.desk.look(old.id, {});
  REQUIRE(found.ok());
  CHECK(found->booking.id == moved.id);
  CHECK(found->booking.state == BookingState::Unknown);
  CHECK_FALSE(found->as_of_now);
}

TEST_CASE("an appointment that the back end has at another time is shown at that time", "[promises][manage]") {
  ScriptedWorld world;
  const Booking booked = world.book(9);
  RemoteBooking& remote = world.books->kept.begin()->second;
  SECTION("another time") {
    remote.slot.start += std::chrono::hours(2);
    const auto found = world.desk.look(booked.id, {});
    REQUIRE(found.ok());
    CHECK(found->as_of_now);
    CHECK(found->booking.slot.start == world.slot(11).start);
    CHECK(world.journalled(booked.id).slot.start == world.slot(11).start);
    CHECK(world.journalled(booked.id).problem.empty());
    CHECK(world.history_tells(booked.id, "the back end has it at"));
    const std::size_t steps = world.journal->history(booked.id)->size();
    REQUIRE(world.desk.look(booked.id, {}).ok());
    CHECK(world.journal->history(booked.id)->size() == steps);  // said once
  }
  SECTION("another office, whose address nobody here knows") {
    remote.slot.office_id = kOtherOffice;
    const auto found = world.desk.look(booked.id, {});
    REQUIRE(found.ok());
    CHECK_FALSE(found->as_of_now);
  }
}

TEST_CASE("what is confirmed at another time than was held is told at that time", "[promises][desk]") {
  ScriptedWorld world;
  const Booking held = world.hold(9);
  world.books->kept.begin()->second.slot.start += std::chrono::hours(1);
  const Booking booked = world.confirm(held.id);
  CHECK(booked.state == BookingState::Confirmed);
  CHECK(booked.slot.start == world.slot(10).start);
  CHECK(world.journalled(held.id).slot.start == world.slot(10).start);
  CHECK(world.journalled(held.id).problem.empty());
  CHECK(world.history_tells(held.id, "the back end has it at"));
}

TEST_CASE("a refused confirmation keeps its key until the hold is given back", "[promises][desk]") {
  ScriptedWorld world;
  const Booking held = world.hold(9);
  const auto [kind, closed] = GENERATE(table<ErrorKind, bool>({
      {ErrorKind::Interrupted, false},
      {ErrorKind::Unavailable, false},
      {ErrorKind::RateLimited, false},
      {ErrorKind::Refused, true},
      {ErrorKind::NotFound, true},
  }));
  const ErrorKind how = kind;
  world.books->before = [how](const std::string& step) -> core::Status {
    if (step == "confirm") return core::make_error(ErrorKind::Refused, "no");
    if (step == "cancel") return core::make_error(how, "as told");
    return {};
  };
  const Booking after = world.confirm(held.id);
  CHECK(after.state == (closed ? BookingState::Refused : BookingState::Held));
  CHECK(after.giving_up == !closed);
  CHECK(world.journal->handle(held.id).ok() == !closed);
  if (closed) return;
  // The request that was sent first arrives after all.
  world.books->kept.begin()->second.state = RemoteState::Confirmed;
  world.books->before = harmless();
  CHECK(world.desk.recover({}).value() == 0);
  CHECK(world.journalled(held.id).state == BookingState::Released);
  CHECK(world.books->confirmed() == 0);
}

TEST_CASE("a back end that answers with faults is asked once a round", "[promises][desk]") {
  ScriptedWorld world;
  std::vector<Booking> held;
  for (int i = 0; i < 3; i++) held.push_back(world.hold(9 + i));
  for (const Booking& each : held) world.confirm_unknown(each.id, true);
  world.books->before = failing("read", ErrorKind::Interrupted);
  world.books->asked.clear();
  CHECK(world.desk.recover({}).value() == 3);
  CHECK(world.books->asked["read"] == 1);
  world.books->before = harmless();
  CHECK(world.desk.recover({}).value() == 0);
}
