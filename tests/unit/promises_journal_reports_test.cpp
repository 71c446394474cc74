// Reports in the journal, what bookings have had since version 2, and a journal of version 1.
#include <fstream>
#include <span>

#include "kiosk/promises/journal_schema.h"
#include "kiosk/promises/listing.h"
#include "kiosk/store/query.h"
#include "tests/unit/promises_reports.h"

using namespace kiosk;
using namespace kiosk::promises;
using namespace kiosk::promises::testing;
using core::ErrorKind;

namespace {

Report queued(const std::string& id, const std::string& code) {
  Report report;
  report.id = id;
  report.code = code;
  report.reference = "ref-" + id;
  report.state = ReportState::Queued;
  report.target = {"streets", "pothole"};
  report.type_name = "Pothole";
  return report;
}

Booking booking(const std::string& id, const std::string& code) {
  Booking booking;
  booking.id = id;
  booking.code = code;
  booking.target = {"desk", "9001"};
  booking.service_name = "Blue Badge help";
  booking.office.id = "7001";
  booking.office.name = "Harrow Lane Desk";
  booking.slot = {"7001", core::Instant(core::Milliseconds(1'800'000'000'000))};
  return booking;
}

// A database as the first released program made it, with a confirmed booking and its key.
void write_version_1(const Folder& folder) {
  const auto key = SealingKey::create(folder.key());
  auto database = store::Database::open(folder.database());
  REQUIRE((key.ok() && database.ok()));
  REQUIRE(store::migrate(*database, std::span(kJournalSteps).first(1)).ok());
  const auto seal = [&](const std::string& purpose, const std::string& text) {
    REQUIRE(store::execute(*database, "INSERT INTO sealed (purpose, box) VALUES (?1, ?2)", purpose,
                           key->seal(purpose, core::SecretText(text)))
                .ok());
  };
  seal("key check", "kiosk");
  seal("old/handle", "a3f9");
  REQUIRE(database
              ->run_script("INSERT INTO booking (id, state, backend, service_id, service_name, office, slot_start, "
                           "process_id, reference, code, created, changed) VALUES ('old', 'confirmed', 'desk', '9001', "
                           "'Blue Badge help', '{\"id\":\"7001\",\"name\":\"Harrow Lane Desk\"}', 1800000000000, "
                           "'610042', 'BB-042', '00000001', 1790000000000, 1790000000001);"
                           "INSERT INTO booking_history (booking_id, at, state, note) VALUES ('old', 1790000000001, "
                           "'confirmed', '')")
              .ok());
}

}  // namespace

TEST_CASE("a journal of version 1 keeps its bookings, and takes reports", "[promises][journal]") {
  const Folder folder;
  write_version_1(folder);
  const core::SystemClock clock;
  const auto journal = open_journal(folder, clock);
  const auto old = journal->find_by_code("00000001");
  REQUIRE(old.ok());
  CHECK(old->state == BookingState::Confirmed);
  CHECK(old->reference == "BB-042");
  CHECK(old->target == BookingTarget{"desk", "9001"});
  CHECK(old->slot == Slot{"7001", core::Instant(core::Milliseconds(1'800'000'000'000))});
  CHECK(old->replaces.empty());
  CHECK(journal->handle("old")->key.reveal() == "a3f9");
  CHECK(journal->history("old")->size() == 1);
  Report report = queued("r1", "00000002");
  CHECK(journal->add(report, pothole()).ok());
  CHECK(journal->open_reports()->size() == 1);
}

TEST_CASE("bookings of version 3 have no record of the directory, and new ones keep theirs", "[promises][journal]") {
  const Folder folder;
  write_version_1(folder);
  {
    auto database = store::Database::open(folder.database());
    REQUIRE(database.ok());
    REQUIRE(store::migrate(*database, std::span(kJournalSteps).first(3)).ok());
  }
  const core::SystemClock clock;
  Booking booked = booking("b1", "00000002");
  booked.record = "northfield:birth:adult";
  {
    const auto journal = open_journal(folder, clock);
    REQUIRE(journal->find("old").ok());
    CHECK(journal->find("old")->record.empty());
    REQUIRE(journal->add(booked).ok());
  }
  const auto journal = open_journal(folder, clock);
  CHECK(journal->find("b1")->record == "northfield:birth:adult");
  CHECK(journal->find_by_code("00000001")->record.empty());
}

TEST_CASE("several services, the slot's name and what is replaced come back as they were", "[promises][journal]") {
  const Folder folder;
  const core::SystemClock clock;
  Booking first = booking("b1", "00000001");
  first.target.count = 2;
  first.target.also = {{"9002", 1}, {"9003", 3}};
  first.slot.id = "slot/77";
  first.replaces = "b0";
  Booking second = booking("b2", "00000002");
  {
    const auto journal = open_journal(folder, clock);
    REQUIRE(journal->add(first).ok());
    REQUIRE(journal->add(second).ok());
  }
  const auto journal = open_journal(folder, clock);
  CHECK(journal->find("b1")->target == first.target);
  CHECK(journal->find("b1")->slot == first.slot);
  CHECK(journal->find("b1")->replaces == "b0");
  CHECK(journal->find("b2")->target == second.target);
  CHECK(journal->find("b2")->replaces.empty());
}

TEST_CASE("a report and what was said in it come back as they were", "[promises][journal][reports]") {
  const Folder folder;
  const core::AdjustableClock clock(core::Instant(core::Milliseconds(1'800'000'000'000)));
  Report report = queued("r1", "00000001");
  {
    const auto journal = open_journal(folder, clock);
    REQUIRE(journal->add(report, pothole()).ok());
    report.state = ReportState::Sending;
    report.sent = clock.now();
    REQUIRE(journal->record(report, ReportState::Queued).ok());
  }
  const auto journal = open_journal(folder, clock);
  const auto found = journal->find_report("r1");
  REQUIRE(found.ok());
  CHECK(found->state == ReportState::Sending);
  CHECK(found->target == report.target);
  CHECK(found->type_name == "Pothole");
  CHECK(found->reference == "ref-r1");
  CHECK(found->sent == clock.now());
  const auto said = journal->content("r1");
  REQUIRE(said.ok());
  const ReportContent expected = pothole();
  CHECK(said->description.reveal() == expected.description.reveal());
  CHECK(said->place.words.reveal() == expected.place.words.reveal());
  CHECK(said->place.point == expected.place.point);
  REQUIRE(said->replies.size() == 1);
  CHECK(said->replies[0].code == "depth");
  REQUIRE(said->replies[0].values.size() == 2);
  CHECK(said->replies[0].values[1].reveal() == "more");
  CHECK(said->name.reveal() == "Planted Surname");
  CHECK(said->email.reveal() == expected.email.reveal());
  CHECK(said->telephone.reveal() == expected.telephone.reveal());
  const auto history = journal->report_history("r1");
  REQUIRE(history->size() == 2);
  CHECK((*history)[0].state == ReportState::Queued);
  CHECK((*history)[1].state == ReportState::Sending);
}

TEST_CASE("codes and references are of one promise each, and content has its bounds", "[promises][journal][reports]") {
  const Folder folder;
  const core::SystemClock clock;
  const auto journal = open_journal(folder, clock);
  Booking booked = booking("b1", "00000001");
  REQUIRE(journal->add(booked).ok());
  Report report = queued("r1", "00000001");
  CHECK(journal->add(report, pothole()).error().kind == ErrorKind::Refused);
  report.code = "00000002";
  REQUIRE(journal->add(report, pothole()).ok());
  Booking other = booking("b2", "00000002");
  CHECK(journal->add(other).error().kind == ErrorKind::Refused);
  Report same_reference = queued("r2", "00000003");
  same_reference.reference = report.reference;
  CHECK(journal->add(same_reference, pothole()).error().kind == ErrorKind::Refused);
  ReportContent longest = pothole();
  longest.description.assign(std::string(59'000, 'a'));
  Report long_one = queued("r3", "00000004");
  REQUIRE(journal->add(long_one, longest).ok());
  CHECK(journal->content("r3")->description.size() == 59'000);
  longest.description.assign(std::string(60'001, 'a'));
  Report too_long = queued("r4", "00000005");
  CHECK(journal->add(too_long, longest).error().kind == ErrorKind::Invalid);
}

TEST_CASE("staff read what happened, what comes next and what they can do", "[promises][listing]") {
  const Folder folder;
  core::AdjustableClock clock(core::Instant(core::Milliseconds(1'800'000'000'000)));
  ReportKiosk kiosk(folder, clock);
  kiosk.backend->on_send = {OnSend::Vanish, OnSend::Take, OnSend::Away};
  kiosk.backend->on_look = OnLook::Blind;
  const auto unknown = kiosk.submit(), sent = kiosk.submit(), waiting = kiosk.submit();
  kiosk.backend->then = OnSend::Away;
  clock.advance(std::chrono::minutes(1));
  kiosk.recover();
  Booking held = booking("b1", "00000001");
  REQUIRE(kiosk.journal->add(held).ok());

  const auto list = list_promises(*kiosk.journal, {{"desk"}, {"streets"}}, 10);
  REQUIRE(list.ok());
  REQUIRE(list->size() == 4);
  const std::string all = list->dump();
  for (const std::string& hidden : {std::string("Planted"), std::string("planted"), std::string("deep hole"),
                                    unknown->code, sent->code, waiting->code}) {
    CHECK(all.find(hidden) == std::string::npos);
  }
  const auto of = [&](const std::string& id) { return *show_promise(*kiosk.journal, {{"desk"}, {"streets"}}, id); };
  const core::Json in_question = of(unknown->id);
  CHECK(in_question["state"] == "unknown");
  CHECK(in_question["open"] == true);
  CHECK(in_question["staff"].get<std::string>().find("--not-sent") != std::string::npos);
  CHECK(in_question["next"].get<std::string>().find("not sent again by itself") != std::string::npos);
  CHECK(in_question["history"].size() == 4);  // queued, sending, unknown, cannot be looked for
  CHECK(of(sent->id)["now"] == "Sent; the back end's number for it is 1.");
  CHECK(of(sent->id)["staff"] == "");
  CHECK(of(waiting->id)["next"].get<std::string>().find("in its turn") != std::string::npos);
  CHECK(of("b1")["kind"] == "booking");
  CHECK(in_lines(of("b1"), Words::OfOpen).find("nothing was sent") != std::string::npos);
  CHECK(show_promise(*kiosk.journal, {}, "no such").error().kind == ErrorKind::NotFound);

  // A system that the configuration has lost.
  const auto orphan = show_promise(*kiosk.journal, {}, waiting->id);
  CHECK((*orphan)["next"].get<std::string>().find("not in the configuration") != std::string::npos);

  CHECK((*personal_content(*kiosk.journal, waiting->id))["name"] == "Planted Surname");
  CHECK(personal_content(*kiosk.journal, sent->id).error().kind == ErrorKind::NotFound);
}
