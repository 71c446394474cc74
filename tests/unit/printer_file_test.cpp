#include <unistd.h>

#include <filesystem>

#include "drivers/printer/printer.h"
#include "drivers/printer/simulator_machine.h"
#include "kiosk/core/files.h"
#include "tests/unit/catch.h"

using namespace drivers::printer;
using kiosk::core::Bitmap1;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "printer-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::unique_ptr<Printer> file_printer(const fs::path& directory) {
  PrinterOptions options;
  options.kind = PrinterKind::File;
  options.directory = directory;
  options.dots_per_line = 384;
  auto printer = create_printer(options);
  REQUIRE(printer.ok());
  return std::move(*printer);
}

}  // namespace

TEST_CASE("pages become pictures, and the bytes that a printer would get", "[printer][file]") {
  const Folder folder;
  auto printer = file_printer(folder.path / "receipts");
  CHECK(printer->status({})->condition == PrinterCondition::Ok);
  Bitmap1 page(384, 40);
  for (int x = 0; x < 384; x += 3) page.set(x, x % 40);
  const auto report = printer->print({"r-1", {page, page}, true}, {});
  REQUIRE(report.ok());
  CHECK(report->outcome == PrintOutcome::Printed);
  const auto png = kiosk::core::read_file(folder.path / "receipts/r-1.png");
  REQUIRE(png.ok());
  CHECK(png->substr(0, 8) == "\x89PNG\r\n\x1A\n");
  CHECK(fs::exists(folder.path / "receipts/r-1-2.png"));
  const auto bytes = kiosk::core::read_file(folder.path / "receipts/r-1.escpos");
  REQUIRE(bytes.ok());
  PrinterMachine machine(384, bytes->size() + 1, {});
  machine.receive(*bytes);
  machine.work();
  CHECK(machine.oddities.empty());
  REQUIRE(machine.receipts.size() == 2);
  CHECK(machine.receipts[0] == page);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder.path / "receipts")) files++;
  CHECK(files == 3);  // nothing half written stays
}

TEST_CASE("a folder that can't be made is a printer that can't print", "[printer][file]") {
  const Folder folder;
  REQUIRE(kiosk::core::write_file_atomically(folder.path / "file", "x").ok());
  auto printer = file_printer(folder.path / "file" / "below");
  CHECK(printer->status({})->condition == PrinterCondition::Offline);
  const auto report = printer->print({"r", {Bitmap1(8, 8)}, true}, {});
  REQUIRE(report.ok());
  CHECK(report->outcome == PrintOutcome::Failed);
}

TEST_CASE("without a printer every job fails at once", "[printer]") {
  auto printer = create_printer({});
  REQUIRE(printer.ok());
  CHECK((*printer)->status({})->condition == PrinterCondition::Disconnected);
  CHECK((*printer)->print({"r", {Bitmap1(8, 8)}, true}, {})->outcome == PrintOutcome::Failed);
}
