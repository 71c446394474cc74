// The desk against a back end over HTTP, with answers lost at every step; what the journal says is held against what
// the back end really holds.
#include "tests/unit/desk_fixture.h"

using namespace desk_test;

TEST_CASE("a booking goes from the offer to confirmed, as the ledger has it", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  const Offer offer = world.kiosk->offer();
  REQUIRE(offer.offices.size() == 2);
  CHECK(offer.name == "Blue Badge help");
  CHECK(offer.offices[0].slot_minutes == 20);
  const Calendar calendar = world.kiosk->calendar(world.clock);
  REQUIRE(calendar.slots.size() > 10);
  const Slot slot = calendar.slots[3];
  const auto held = world.desk().hold(offer, slot, {}, {}, "exampleton:badge");
  REQUIRE(held.ok());
  CHECK(held->state == BookingState::Held);
  CHECK(held->slot == slot);
  CHECK(held->hold_until > world.clock.now() + std::chrono::minutes(14));
  CHECK(core::parse_check_code(held->code).ok());
  const auto confirmed = world.desk().confirm(held->id, resident(), {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == BookingState::Confirmed);
  CHECK_FALSE(confirmed->reference.empty());

  const auto booked = ledger_bookings(world.back_end->ledger(), "confirmed");
  REQUIRE(booked.size() == 1);
  CHECK(core::Instant(std::chrono::seconds(booked[0]["timestamp"].get<std::int64_t>())) == slot.start);
  CHECK(booked[0]["contact"].dump().find("Planted Surname") != std::string::npos);
  CHECK(world.back_end->ledger()["violations"].empty());
  CHECK(world.journal().find(held->id)->state == BookingState::Confirmed);
  CHECK(world.journal().find_by_code(held->code)->id == held->id);
  CHECK(world.journal().find(held->id)->record == "exampleton:badge");
  CHECK(world.journal().open_bookings()->empty());
  // Asked twice, booked once.
  CHECK(world.desk().confirm(held->id, resident(), {})->state == BookingState::Confirmed);
  CHECK(world.count("confirmed") == 1);
}

TEST_CASE("nothing that a resident typed reaches the disk", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  const Booking held = world.held();
  REQUIRE(world.desk().confirm(held.id, resident(), {}).ok());
  const std::string key = ledger_bookings(world.back_end->ledger(), "confirmed").at(0)["auth_key"];
  std::string bytes;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::ifstream file(world.folder.database().string() + suffix, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  CHECK(bytes.find("Blue Badge help") != std::string::npos);
  for (const char* planted : {"Planted", "Surname", "resident.example", "7700900123", "7700 900123"}) {
    CHECK(bytes.find(planted) == std::string::npos);
  }
}

TEST_CASE("a slot that somebody else took is told apart, and the draft is closed", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  const Slot slot = world.first_slot();
  const Folder other_folder;
  Kiosk other(other_folder, *world.back_end, world.clock, world.system);
  const auto theirs = other.desk->hold(other.offer(), slot, {});
  REQUIRE(theirs.ok());
  REQUIRE(other.desk->confirm(theirs->id, resident(), {}).ok());
  const auto lost = world.desk().hold(world.kiosk->offer(), slot, {});
  REQUIRE_FALSE(lost.ok());
  CHECK(lost.error().kind == ErrorKind::NotFound);
  CHECK(world.journal().newest(1)->at(0).state == BookingState::Refused);
  CHECK(world.journal().open_bookings()->empty());
}

TEST_CASE("a hold that lapsed is refused, not booked", "[promises][desk]") {
  World world;
  const Booking held = world.held();
  world.pass(std::chrono::minutes(16));
  const auto confirmed = world.desk().confirm(held.id, resident(), {});
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == BookingState::Refused);
  CHECK(world.count("confirmed") == 0);
  CHECK_FALSE(world.journal().handle(held.id).ok());
}

TEST_CASE("an abandoned hold is given back at once", "[promises][desk]") {
  World world;
  const Booking held = world.held();
  CHECK(world.count("reserved") == 1);
  const auto released = world.desk().release(held.id, {});
  REQUIRE(released.ok());
  CHECK(released->state == BookingState::Released);
  CHECK(world.count("reserved") == 0);
  CHECK_FALSE(world.desk().confirm(held.id, resident(), {}).ok());
}

TEST_CASE("a confirmed appointment is cancelled once, unless it is too late", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  const Booking first = world.held();
  REQUIRE(world.desk().confirm(first.id, resident(), {}).ok());
  world.fault("lose_answer", "cancel-appointment");
  const auto open = world.desk().release(first.id, {});
  REQUIRE(open.ok());
  CHECK(open->giving_up);
  CHECK(world.desk().recover({}).value() == 0);
  CHECK(world.state(first.id) == BookingState::Cancelled);
  CHECK(world.count("deleted") == 1);

  const Booking second = world.held();
  REQUIRE(world.desk().confirm(second.id, resident(), {}).ok());
  world.pass(std::chrono::hours(24 * 10));
  CHECK(world.desk().release(second.id, {}).error().kind == ErrorKind::Refused);
  CHECK(world.state(second.id) == BookingState::Confirmed);
  CHECK_FALSE(world.journal().find(second.id)->giving_up);
  CHECK(world.count("confirmed") == 1);
}

TEST_CASE("a lost answer to the reservation leaves no booking behind", "[promises][desk]") {
  for (const char* kind : {"lose_answer", "cut", "html"}) {
    World world;
    world.kiosk->offer();
    Json rule{{"kind", kind}, {"times", 1}, {"match", {{"path", "reserve"}}}};
    if (std::string(kind) == "html") rule["effect"] = true;
    if (std::string(kind) == "cut") rule["bytes"] = 20;
    REQUIRE(world.back_end->add_faults(rule).ok());
    const auto hold = world.hold();
    REQUIRE_FALSE(hold.ok());
    CHECK(world.count("reserved") == 1);  // nobody has its key
    CHECK(world.journal().newest(1)->at(0).state == BookingState::Holding);
    CHECK(world.desk().recover({}).value() == 1);  // staff can see it meanwhile
    world.pass(std::chrono::minutes(61));
    CHECK(world.desk().recover({}).value() == 0);
    CHECK(world.journal().newest(1)->at(0).state == BookingState::Released);
    CHECK(world.count("reserved") == 0);
    CHECK(world.count("expired") == 1);
  }
}

TEST_CASE("a reservation that never left is closed and can be tried again", "[promises][desk]") {
  World world(GENERATE(System::Zms, System::Fhir));
  const Slot slot = world.first_slot();
  const Offer offer = world.kiosk->offer();
  world.back_end->stop();
  const auto hold = world.desk().hold(offer, slot, {});
  REQUIRE_FALSE(hold.ok());
  CHECK(hold.error().kind == ErrorKind::Unavailable);
  CHECK(world.journal().open_bookings()->empty());
}

TEST_CASE("an answer lost at any step of confirming is read back before anything is said", "[promises][desk]") {
  struct Case {
    const char* kind;
    const char* path;
    int times;
  };
  const Case cases[] = {{"lose_answer", "update-appointment", 1},  {"lose_answer", "confirm-appointment", 1},
                        {"lose_answer", "confirm-appointment", 2}, {"cut", "confirm-appointment", 1},
                        {"down", "confirm-appointment", 1},        {"status", "confirm-appointment", 1},
                        {"html", "confirm-appointment", 1},        {"empty", "confirm-appointment", 1},
                        {"hang", "confirm-appointment", 1},        {"status", "update-appointment", 1}};
  const System system = GENERATE(System::Zms, System::Fhir);
  for (const Case& entry : cases) {
    INFO(entry.kind << " " << entry.path << " " << entry.times);
    World world(system);
    const Booking held = world.held();
    world.fault(entry.kind, entry.path, entry.times);
    const auto confirmed = world.desk().confirm(held.id, resident(), {});
    REQUIRE(confirmed.ok());
    CHECK(confirmed->state == BookingState::Confirmed);
    CHECK(world.state(held.id) == BookingState::Confirmed);
    CHECK(world.count("confirmed") == 1);
    CHECK(world.count("reserved") == 0);
  }
}

TEST_CASE("with no way to read back, the outcome is unknown until there is", "[promises][desk]") {
  const System system = GENERATE(System::Zms, System::Fhir);
  for (const bool took_effect : {true, false}) {
    World world(system);
    const Booking held = world.held();
    world.fault(took_effect ? "lose_answer" : "down", "confirm-appointment", 100);
    // The first look of the other system comes before anything is sent.
    world.fault("status", "/appointment/", 100, system == System::Fhir ? 1 : 0);
    const auto confirmed = world.desk().confirm(held.id, resident(), {});
    REQUIRE(confirmed.ok());
    CHECK(confirmed->state == BookingState::Unknown);
    CHECK(world.desk().recover({}).value() == 1);
    CHECK(world.desk().release(held.id, {}).error().kind == ErrorKind::Invalid);
    world.back_end->clear_faults();
    world.pass(std::chrono::minutes(3));  // what was sent and not answered may take effect late
    CHECK(world.desk().recover({}).value() == 0);
    // Confirmed where it was; given back where it was not, as the resident was told that nothing is certain.
    CHECK(world.state(held.id) == (took_effect ? BookingState::Confirmed : BookingState::Released));
    CHECK(world.count("confirmed") == (took_effect ? 1 : 0));
    CHECK(world.count("reserved") == 0);
  }
}

TEST_CASE("details that the back end refuses leave the hold standing", "[promises][desk]") {
  World world;
  const Slot slot = world.kiosk->calendar(world.clock, kOtherOffice).slots.at(0);
  const auto held = world.desk().hold(world.kiosk->offer(), slot, {});
  REQUIRE(held.ok());
  CHECK(held->office.form.telephone == Need::Required);
  Details details = resident();
  details.telephone.clear();
  const auto refused = world.desk().confirm(held->id, details, {});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::Invalid);
  CHECK(refused.error().what == "telephoneIsRequired");
  CHECK(world.state(held->id) == BookingState::Held);
  CHECK(world.desk().confirm(held->id, resident(), {})->state == BookingState::Confirmed);
}

TEST_CASE("a back end in maintenance, or over its allowance, changes nothing", "[promises][desk]") {
  for (const bool maintenance : {true, false}) {
    World world;
    const Booking held = world.held();
    const Json patch = maintenance ? Json{{"zms", {{"maintenance", true}}}}
                                   : Json{{"zms", {{"rate_limit", 1}, {"rate_window_s", 3600}}}};
    REQUIRE(world.back_end->configure(patch).ok());
    if (!maintenance) (void)world.desk().offer({"desk", kService}, {});
    world.fault("status", "nothing", 1);
    auto confirmed = world.desk().confirm(held.id, resident(), {});
    if (confirmed.ok()) {  // the one request of the allowance went to the details
      CHECK_FALSE(maintenance);
    } else {
      CHECK((confirmed.error().kind == ErrorKind::Unavailable || confirmed.error().kind == ErrorKind::RateLimited));
      CHECK(world.state(held.id) == BookingState::Held);
    }
    CHECK(world.count("confirmed") == 0);
  }
}

TEST_CASE("a hold in a resident's hands is not recovered; one of an earlier run is", "[promises][desk]") {
  World world;
  const Booking held = world.held();
  CHECK(world.desk().recover({}).value() == 1);
  CHECK(world.state(held.id) == BookingState::Held);
  CHECK(world.count("reserved") == 1);
  world.restart();
  CHECK(world.desk().recover({}).value() == 0);
  CHECK(world.state(held.id) == BookingState::Released);
  CHECK(world.count("reserved") == 0);
}

TEST_CASE("what can't be given back now is given back later", "[promises][desk]") {
  World world;
  const Booking held = world.held();
  world.fault("down", "cancel-appointment", 2);
  const auto released = world.desk().release(held.id, {});
  REQUIRE(released.ok());
  CHECK(released->giving_up);
  CHECK(world.desk().recover({}).value() == 1);
  CHECK(world.desk().recover({}).value() == 0);
  CHECK(world.state(held.id) == BookingState::Released);
  CHECK(world.count("deleted") == 1);
}

TEST_CASE("giving up in the middle of confirming leaves the outcome to be found out", "[promises][desk]") {
  World world;
  const Booking held = world.held();
  REQUIRE(world.back_end->add_faults({{"kind", "latency_ms"}, {"ms", 400}, {"match", {{"path", "confirm"}}}}).ok());
  work::CancelSource source;
  std::thread impatient([&] {
    for (int i = 0; i < 500 && world.back_end->ledger()["effects"].size() < 2; i++) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    source.cancel();
  });
  const auto confirmed = world.desk().confirm(held.id, resident(), source.token());
  impatient.join();
  REQUIRE(confirmed.ok());
  CHECK(confirmed->state == BookingState::Unknown);
  world.back_end->clear_faults();
  CHECK(world.desk().recover({}).value() == 0);
  const bool booked = world.count("confirmed") == 1;
  CHECK(world.state(held.id) == (booked ? BookingState::Confirmed : BookingState::Released));
  CHECK(world.count("reserved") == 0);
}

TEST_CASE("types that drift do not matter", "[promises][desk]") {
  World world;
  REQUIRE(world.back_end
              ->add_faults({{"kind", "wrong_types"},
                            {"fields", {"processId", "officeId", "reservationDuration", "serviceCount"}},
                            {"match", {{"path", "-appointment/"}}}})
              .ok());
  const Booking held = world.held();
  CHECK(world.desk().confirm(held.id, resident(), {})->state == BookingState::Confirmed);
}

TEST_CASE("what makes no sense is refused before anything is sent", "[promises][desk]") {
  World world;
  const Offer offer = world.kiosk->offer();
  const auto today = std::chrono::floor<std::chrono::days>(world.clock.now());
  const auto ask = [&](const std::string& office, int from, int to) {
    return world.desk()
        .calendar({"desk", kService}, {office}, core::Date(today + std::chrono::days(from)),
                  core::Date(today + std::chrono::days(to)), {})
        .error()
        .kind;
  };
  CHECK(ask(kOffice, 5, 1) == ErrorKind::Invalid);
  CHECK(ask(kOffice, 0, 63) == ErrorKind::Invalid);
  CHECK(ask("7003", 0, 5) == ErrorKind::Invalid);
  CHECK(world.desk().offer({"desk", "1"}, {}).error().kind == ErrorKind::NotFound);
  CHECK(world.desk().offer({"nowhere", "1"}, {}).error().kind == ErrorKind::NotFound);
  CHECK(world.desk().hold(offer, {"7003", world.clock.now()}, {}).error().kind == ErrorKind::Invalid);
  CHECK(world.desk().confirm("no such", resident(), {}).error().kind == ErrorKind::NotFound);
  CHECK(world.back_end->ledger()["violations"].empty());
  CHECK(world.journal().newest(10)->empty());
}

TEST_CASE("looking around leaves the last of the allowance to promises", "[promises][desk]") {
  World world;
  REQUIRE(world.back_end->configure({{"zms", {{"rate_limit", 12}, {"rate_window_s", 3600}}}}).ok());
  const Booking held = world.held();
  const auto today = std::chrono::floor<std::chrono::days>(world.clock.now());
  core::ErrorKind refused = ErrorKind::Internal;
  for (int i = 0; i < 20 && refused == ErrorKind::Internal; i++) {
    const auto calendar = world.desk().calendar({"desk", kService}, {kOffice}, core::Date(today),
                                                core::Date(today + std::chrono::days(i)), {});
    if (!calendar.ok()) refused = calendar.error().kind;
  }
  CHECK(refused == ErrorKind::RateLimited);
  CHECK(world.desk().confirm(held.id, resident(), {})->state == BookingState::Confirmed);
  const Json ledger = world.back_end->ledger();
  for (const Json& violation : ledger["violations"]) CHECK(violation["rule"] != "rate_limit_exceeded");
}
