// The driver against a pretend printer over TCP, with everything that goes wrong.
#include <chrono>
#include <thread>

#include "drivers/printer/printer.h"
#include "drivers/printer/simulator.h"
#include "tests/unit/catch.h"

using namespace drivers::printer;
using namespace std::chrono_literals;
using kiosk::core::Bitmap1;

namespace {

constexpr int kWidth = 384;

// Stripes that need no change for the sake of real-time commands, different for each seed.
Bitmap1 page_of(int rows, int seed) {
  Bitmap1 page(kWidth, rows);
  for (std::size_t i = 0; i < page.bytes.size(); i++) {
    page.bytes[i] = static_cast<std::uint8_t>(0x80 | ((i / 48 + static_cast<std::size_t>(seed)) % 64));
  }
  return page;
}

struct Rig {
  explicit Rig(SimulatorFaults faults = {}, Completion completion = Completion::ProcessId,
               std::size_t buffer_bytes = 16 * 1024) {
    PrinterSimulator::Options options;
    options.dots_per_line = kWidth;
    options.buffer_bytes = buffer_bytes;
    options.faults = faults;
    auto started = PrinterSimulator::start(options);
    REQUIRE(started.ok());
    simulator = std::move(*started);
    PrinterOptions printer_options;
    printer_options.kind = PrinterKind::EscposTcp;
    printer_options.port = simulator->port();
    printer_options.dots_per_line = kWidth;
    printer_options.completion = completion;
    printer_options.strip_rows = 64;
    printer_options.answer_timeout = 300ms;
    printer_options.stall_timeout = 600ms;
    printer_options.completion_timeout = 900ms;
    auto created = create_printer(printer_options);
    REQUIRE(created.ok());
    printer = std::move(*created);
  }

  PrintReport print(const Bitmap1& page, const kiosk::work::CancelToken& cancel = {}) {
    auto report = printer->print({"job", {page}, true}, cancel);
    REQUIRE(report.ok());
    INFO(to_string(report->outcome) << " " << to_string(report->condition) << " " << report->detail);
    return *report;
  }
  PrinterCondition condition() { return printer->status({}).value().condition; }

  std::unique_ptr<PrinterSimulator> simulator;
  std::unique_ptr<Printer> printer;
};

SimulatorFaults with(void (*change)(SimulatorFaults&)) {
  SimulatorFaults faults;
  change(faults);
  return faults;
}

}  // namespace

TEST_CASE("a job is printed, and said to be only after the printer said so", "[printer][escpos]") {
  for (const Completion completion : {Completion::ProcessId, Completion::StatusReply}) {
    Rig rig({}, completion);
    CHECK(rig.condition() == PrinterCondition::Ok);
    for (int i = 0; i < 3; i++) {
      CHECK(rig.print(page_of(500, i)).outcome == PrintOutcome::Printed);
    }
    REQUIRE(rig.simulator->receipts().size() == 3);
    for (int i = 0; i < 3; i++) CHECK(rig.simulator->receipts()[static_cast<std::size_t>(i)] == page_of(500, i));
    CHECK(rig.simulator->oddities().empty());
  }
}

TEST_CASE("a slow printer with a small buffer gets all of it", "[printer][escpos]") {
  Rig rig(with([](SimulatorFaults& f) { f.bytes_per_turn = 700; }), Completion::ProcessId, 2048);
  CHECK(rig.print(page_of(400, 5)).outcome == PrintOutcome::Printed);
  REQUIRE(rig.simulator->receipts().size() == 1);
  CHECK(rig.simulator->receipts()[0] == page_of(400, 5));
}

TEST_CASE("a printer that can't print is sent nothing", "[printer][escpos]") {
  struct Case {
    void (*fault)(SimulatorFaults&);
    PrinterCondition condition;
  };
  const Case cases[] = {{[](SimulatorFaults& f) { f.cover_open = true; }, PrinterCondition::CoverOpen},
                        {[](SimulatorFaults& f) { f.overheated = true; }, PrinterCondition::Overheated},
                        {[](SimulatorFaults& f) { f.offline = true; }, PrinterCondition::Offline},
                        {[](SimulatorFaults& f) { f.silent = true; }, PrinterCondition::Offline}};
  for (const Case& entry : cases) {
    Rig rig(with(entry.fault));
    CHECK(rig.condition() == entry.condition);
    const PrintReport report = rig.print(page_of(200, 1));
    CHECK(report.outcome == PrintOutcome::Failed);
    CHECK(report.condition == entry.condition);
    rig.simulator->set_faults({});
    rig.simulator->load_paper();
    CHECK(rig.print(page_of(10, 2)).outcome == PrintOutcome::Printed);
    REQUIRE(rig.simulator->receipts().size() == 1);
    CHECK(rig.simulator->receipts()[0] == page_of(10, 2));
  }
}

TEST_CASE("nearly empty paper still prints, and says so", "[printer][escpos]") {
  Rig rig(with([](SimulatorFaults& f) { f.near_end = true; }));
  CHECK(rig.condition() == PrinterCondition::NearEnd);
  const PrintReport report = rig.print(page_of(100, 1));
  CHECK(report.outcome == PrintOutcome::Printed);
  CHECK(report.condition == PrinterCondition::NearEnd);
}

TEST_CASE("paper that ends in the middle leaves nothing behind for the next person", "[printer][escpos]") {
  for (const int row : {1, 63, 64, 65, 150, 250}) {
    Rig rig(with([](SimulatorFaults& f) { f.lose_acknowledgements = false; }));
    SimulatorFaults faults;
    faults.paper_out_at_row = row;
    rig.simulator->set_faults(faults);
    const PrintReport report = rig.print(page_of(400, 1));
    CHECK(report.outcome == PrintOutcome::Failed);
    CHECK(report.condition == PrinterCondition::PaperOut);
    CHECK(rig.condition() == PrinterCondition::PaperOut);
    CHECK(rig.simulator->held_bytes() < 16);  // questions about its state, nothing to print
    const int printed_before = rig.simulator->uncut().height;
    rig.simulator->load_paper();
    CHECK(rig.simulator->uncut().height == printed_before);  // no backlog
    CHECK(rig.print(page_of(80, 2)).outcome == PrintOutcome::Printed);
    REQUIRE(rig.simulator->receipts().size() == 1);
    const Bitmap1 receipt = rig.simulator->receipts()[0];
    REQUIRE(receipt.height == printed_before + 80);
    CHECK(std::equal(receipt.bytes.end() - 80 * receipt.stride(), receipt.bytes.end(), page_of(80, 2).bytes.begin()));
    CHECK(rig.simulator->oddities().empty());
  }
}

TEST_CASE("without automatic status, paper that ends is found by asking", "[printer][escpos]") {
  SimulatorFaults faults;
  faults.paper_out_at_row = 100;
  faults.no_automatic_status = true;
  faults.no_status_reply = true;
  Rig rig(faults);
  const PrintReport report = rig.print(page_of(400, 1));
  CHECK(report.outcome != PrintOutcome::Printed);
  CHECK(report.condition == PrinterCondition::PaperOut);
  rig.simulator->load_paper();
  CHECK(rig.print(page_of(40, 9)).outcome == PrintOutcome::Printed);
  CHECK(rig.simulator->receipts().size() == 1);
}

TEST_CASE("a lost acknowledgement is never called printed nor failed", "[printer][escpos]") {
  Rig rig(with([](SimulatorFaults& f) { f.lose_acknowledgements = true; }));
  CHECK(rig.print(page_of(200, 1)).outcome == PrintOutcome::Unknown);
  CHECK(rig.simulator->receipts().size() == 1);
}

TEST_CASE("a cutter that jams after the last row leaves the outcome open", "[printer][escpos]") {
  Rig rig(with([](SimulatorFaults& f) { f.cutter_error = true; }));
  const PrintReport report = rig.print(page_of(200, 1));
  CHECK(report.outcome == PrintOutcome::Unknown);
  CHECK(report.condition == PrinterCondition::CutterError);
}

TEST_CASE("a printer that goes off and on forgets the job and does the next", "[printer][escpos]") {
  for (const int row : {10, 64, 200}) {
    SimulatorFaults faults;
    faults.power_cycle_at_row = row;
    Rig rig(faults);
    const PrintReport report = rig.print(page_of(400, 1));
    CHECK(report.outcome == PrintOutcome::Failed);
    CHECK(report.condition == PrinterCondition::Disconnected);
    CHECK(rig.print(page_of(30, 2)).outcome == PrintOutcome::Printed);
    CHECK(rig.simulator->oddities().empty());
  }
}

TEST_CASE("a line that breaks in the middle of a picture does not spoil the next job", "[printer][escpos]") {
  Rig rig;
  // Somebody before us was killed half way through a strip of 64 rows.
  PrinterOptions other;
  kiosk::work::CancelSource source;
  rig.simulator->set_faults(with([](SimulatorFaults& f) { f.bytes_per_turn = 64; }));
  std::thread killer([&] {
    while (rig.simulator->uncut().height < 100) std::this_thread::sleep_for(1ms);
    source.cancel();
  });
  const PrintReport report = rig.print(page_of(4000, 1), source.token());
  killer.join();
  CHECK(report.outcome == PrintOutcome::Failed);
  rig.simulator->set_faults({});
  const int printed_before = rig.simulator->uncut().height;
  CHECK(rig.print(page_of(64, 3)).outcome == PrintOutcome::Printed);
  REQUIRE(rig.simulator->receipts().size() == 1);
  CHECK(rig.simulator->receipts()[0].height <= printed_before + 64 + 64);
  CHECK(rig.simulator->oddities().empty());
}

TEST_CASE("clones that know neither GS r nor the clearing command still print", "[printer][escpos]") {
  SimulatorFaults faults;
  faults.no_clear = true;
  faults.no_status_reply = true;
  Rig rig(faults);
  CHECK(rig.print(page_of(300, 1)).outcome == PrintOutcome::Printed);
  REQUIRE(rig.simulator->receipts().size() == 1);
  CHECK(rig.simulator->receipts()[0] == page_of(300, 1));
}

TEST_CASE("a printer that never answers is printed on in hope, and called unknown", "[printer][escpos]") {
  Rig rig(with([](SimulatorFaults& f) { f.silent = true; }), Completion::None);
  CHECK(rig.condition() == PrinterCondition::Unknown);
  CHECK(rig.print(page_of(300, 1)).outcome == PrintOutcome::Unknown);
}

TEST_CASE("no printer there is an answer, soon", "[printer][escpos]") {
  int port = 0;
  {
    auto gone = PrinterSimulator::start({});
    REQUIRE(gone.ok());
    port = (*gone)->port();
  }
  PrinterOptions options;
  options.kind = PrinterKind::EscposTcp;
  options.port = port;
  auto printer = create_printer(options);
  REQUIRE(printer.ok());
  CHECK((*printer)->status({})->condition == PrinterCondition::Disconnected);
  const auto report = (*printer)->print({"a", {page_of(8, 1)}, true}, {});
  REQUIRE(report.ok());
  CHECK(report->outcome == PrintOutcome::Failed);
  CHECK(report->condition == PrinterCondition::Disconnected);
}

TEST_CASE("jobs and options that make no sense are refused by name", "[printer]") {
  Rig rig;
  const Bitmap1 good = page_of(8, 1);
  Bitmap1 short_bytes = good;
  short_bytes.bytes.resize(3);
  for (const PrintJob& job : {PrintJob{"", {good}, true}, PrintJob{"../x", {good}, true}, PrintJob{".x", {good}, true},
                              PrintJob{"a", {}, true}, PrintJob{"a", {Bitmap1(kWidth + 8, 3)}, true},
                              PrintJob{"a", {Bitmap1(8, 0)}, true}, PrintJob{"a", {short_bytes}, true}}) {
    const auto report = rig.printer->print(job, {});
    REQUIRE_FALSE(report.ok());
    CHECK(report.error().kind == kiosk::core::ErrorKind::Invalid);
  }
  PrinterOptions options;
  options.kind = PrinterKind::File;
  CHECK(create_printer(options).error().where == "printer.directory");
  options.directory = "x";
  options.dots_per_line = 5;
  CHECK(create_printer(options).error().where == "printer.dots_per_line");
}
