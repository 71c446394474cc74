// A disk that fails under the desk, before and after the back end has spoken.
#include "tests/unit/desk_fixture.h"

using namespace desk_test;

namespace {

// Once the back end has said yes, nothing can be written any more.
class YesThenNoDisk final : public BookingBackend {
 public:
  YesThenNoDisk(std::shared_ptr<BookingBackend> inner, store::Database& disk) : inner_(std::move(inner)), disk_(disk) {}
  core::Result<Offer> offer(const BookingTarget& target, work::CancelToken cancel) override {
    return inner_->offer(target, cancel);
  }
  core::Result<Calendar> calendar(const BookingTarget& target, const std::vector<std::string>& offices,
                                  core::Date first, core::Date last, work::CancelToken cancel) override {
    return inner_->calendar(target, offices, first, last, cancel);
  }
  core::Result<Hold> reserve(const BookingTarget& target, const Slot& slot, work::CancelToken cancel) override {
    return inner_->reserve(target, slot, cancel);
  }
  core::Status update(const Handle& handle, const Details& details, work::CancelToken cancel) override {
    return inner_->update(handle, details, cancel);
  }
  core::Result<RemoteBooking> confirm(const Booking& booking, const Handle& handle, const Details& details,
                                      work::CancelToken cancel) override {
    auto answer = inner_->confirm(booking, handle, details, cancel);
    CHECK(disk_.run_script("ALTER TABLE booking_history RENAME TO away").ok());
    return answer;
  }
  core::Result<RemoteBooking> read(const Booking& booking, const Handle& handle, work::CancelToken cancel) override {
    return inner_->read(booking, handle, cancel);
  }
  core::Status cancel(const Handle& handle, work::CancelToken cancel) override {
    return inner_->cancel(handle, cancel);
  }

 private:
  std::shared_ptr<BookingBackend> inner_;
  store::Database& disk_;
};

}  // namespace

TEST_CASE("a disk that fails after the back end said yes doesn't unsay it", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  auto disk = store::Database::open(world.folder.database());
  REQUIRE(disk.ok());
  BookingDesk desk(world.journal(), {{"desk", std::make_shared<YesThenNoDisk>(world.kiosk->backend, *disk)}},
                   world.clock, quick_desk());
  const auto held = desk.hold(world.kiosk->offer(), world.first_slot(), {});
  REQUIRE(held.ok());
  const auto confirmed = desk.confirm(held->id, resident(), {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == BookingState::Confirmed);
  REQUIRE(disk->run_script("ALTER TABLE away RENAME TO booking_history").ok());
  CHECK(world.state(held->id) == BookingState::Confirming);
  CHECK(world.desk().recover({}).value() == 0);
  CHECK(world.state(held->id) == BookingState::Confirmed);
  CHECK(world.count("confirmed") == 1);
}

TEST_CASE("a disk that fails before anything is sent sends nothing", "[promises][desk]") {
  World world;
  const Offer offer = world.kiosk->offer();
  const Slot slot = world.first_slot();
  const auto held = world.desk().hold(offer, slot, {});
  REQUIRE(held.ok());
  auto disk = store::Database::open(world.folder.database());
  REQUIRE(disk->run_script("ALTER TABLE booking_history RENAME TO away").ok());
  CHECK_FALSE(world.desk().confirm(held->id, resident(), {}).ok());
  CHECK_FALSE(world.desk().hold(offer, {slot.office_id, slot.start + std::chrono::minutes(60)}, {}).ok());
  REQUIRE(disk->run_script("ALTER TABLE away RENAME TO booking_history").ok());
  const Json asked = ledger_bookings(world.back_end->ledger(), "reserved").at(0)["asked"];
  CHECK_FALSE(asked.contains("update-appointment"));
  CHECK(world.count("reserved") == 1);
  CHECK(world.state(held->id) == BookingState::Held);
}
