#include <filesystem>

#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/escpos_status.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/simulator_machine.h"
#include "kiosk/core/files.h"
#include "tests/unit/catch.h"

using namespace drivers::printer;
using namespace std::string_view_literals;
using kiosk::core::Bitmap1;

namespace {

Bitmap1 noise(int width, int height, std::uint32_t seed) {
  Bitmap1 page(width, height);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      seed = seed * 1664525u + 1013904223u;
      if (seed >> 31) page.set(x, y);
    }
  }
  return page;
}

std::vector<Bitmap1> printed_by_machine(const std::string& bytes, int dots, std::vector<std::string>& oddities) {
  PrinterMachine machine(dots, bytes.size() + 1, {});
  machine.receive(bytes);
  machine.work();
  oddities = machine.oddities;
  return machine.receipts;
}

}  // namespace

TEST_CASE("a page's bytes are those of the command tables", "[printer][encode]") {
  Bitmap1 page(16, 2);
  page.set(0, 0);
  page.set(15, 1);
  const auto gs_v = escpos::encode_page(page, RasterCommand::GsV0, 128);
  REQUIRE(gs_v.size() == 1);
  CHECK(gs_v[0] == "\x1D\x76\x30\x00\x02\x00\x02\x00\x80\x00\x00\x01"sv);
  const auto graphics = escpos::encode_page(page, RasterCommand::GraphicsL, 128);
  REQUIRE(graphics.size() == 1);
  CHECK(graphics[0] ==
        "\x1D\x28\x4C\x0E\x00\x30\x70\x30\x01\x01\x31\x10\x00\x02\x00\x80\x00\x00\x01\x1D\x28\x4C\x02\x00\x30\x32"sv);
  CHECK(escpos::ask_done(42) ==
        "\x1D\x28\x48\x06\x00\x30\x30"
        "0042"sv);
  CHECK(escpos::kFeedAndCut == "\x1D\x56\x42\x00"sv);
}

TEST_CASE("what is printed is the page, dot for dot, in strips", "[printer][encode]") {
  for (const RasterCommand command : {RasterCommand::GsV0, RasterCommand::GraphicsL}) {
    Bitmap1 page(570, 300);  // not a whole number of bytes
    for (int y = 0; y < page.height; y++) {
      for (int x = y % 7; x < page.width; x += 7) page.set(x, y);
      if (y % 3 == 0) {
        for (int x = 40; x < 90; x++) page.set(x, y);
      }
    }
    PrinterOptions options;
    options.raster = command;
    std::vector<std::string> oddities;
    const std::string bytes = escpos::encode_job({"a", {page}, true}, options, 7);
    const auto printed = printed_by_machine(bytes, 570, oddities);
    CHECK(oddities.empty());
    REQUIRE(printed.size() == 1);
    CHECK(printed[0].height == 300);
    int different = 0;
    for (int y = 0; y < page.height; y++) {
      for (int x = 0; x < page.width; x++) different += printed[0].at(x, y) != page.at(x, y);
    }
    CHECK(different <= 40);  // lone dots beside what would be a real-time command
  }
}

TEST_CASE("no picture holds a real-time command", "[printer][encode]") {
  for (const RasterCommand command : {RasterCommand::GsV0, RasterCommand::GraphicsL}) {
    for (const int width : {8, 16, 24, 128, 384, 512, 576}) {
      for (std::uint32_t seed = 1; seed < 12; seed++) {
        for (const std::string& strip : escpos::encode_page(noise(width, 260, seed), command, 256)) {
          REQUIRE_FALSE(escpos::holds_realtime_command(strip));
        }
      }
    }
  }
}

TEST_CASE("a row that ends as a real-time command begins is parted from the next, unchanged", "[printer][encode]") {
  Bitmap1 page(8, 4);
  page.bytes = {0x10, 0x04, 0x01, 0x10};
  std::vector<std::string> oddities;
  const auto strips = escpos::encode_page(page, RasterCommand::GsV0, 128);
  CHECK(strips.size() == 2);
  PrintJob job{"x", {page}, true};
  const auto printed = printed_by_machine(escpos::encode_job(job, PrinterOptions{}, 1), 8, oddities);
  REQUIRE(printed.size() == 1);
  CHECK(printed[0] == page);
}

TEST_CASE("a lone dot that would be a real-time command is made two wide", "[printer][encode]") {
  Bitmap1 page(16, 1);
  page.bytes = {0x10, 0x14};
  const auto strips = escpos::encode_page(page, RasterCommand::GsV0, 128);
  REQUIRE(strips.size() == 1);
  CHECK(strips[0].substr(8) == "\x18\x14"sv);
}

// The pretend printer's answers that an independent status program judged the same.
TEST_CASE("states are judged as an independent program judges them", "[printer][status]") {
  using escpos::judge_automatic;
  using escpos::judge_realtime;
  CHECK(judge_realtime({0x16, 0x12, 0x12, 0x12}) == PrinterCondition::Ok);
  CHECK(judge_realtime({0x16, 0x12, 0x12, 0x1E}) == PrinterCondition::NearEnd);
  CHECK(judge_realtime({0x1E, 0x16, 0x12, 0x12}) == PrinterCondition::CoverOpen);
  CHECK(judge_realtime({0x1E, 0x32, 0x12, 0x7E}) == PrinterCondition::PaperOut);
  CHECK(judge_realtime({0x1E, 0x52, 0x1A, 0x12}) == PrinterCondition::CutterError);
  CHECK(judge_realtime({0x1E, 0x52, 0x52, 0x12}) == PrinterCondition::Overheated);
  CHECK(judge_realtime({0x1E, 0x12, 0x12, 0x12}) == PrinterCondition::Offline);
  CHECK(judge_realtime({0x16, 0x12, 0, 0}) == PrinterCondition::Offline);
  CHECK(judge_automatic({0x14, 0x00, 0x00, 0x0F}) == PrinterCondition::Ok);
  CHECK(judge_automatic({0x14, 0x00, 0x03, 0x0F}) == PrinterCondition::NearEnd);
  CHECK(judge_automatic({0x3C, 0x00, 0x00, 0x0F}) == PrinterCondition::CoverOpen);
  CHECK(judge_automatic({0x1C, 0x00, 0x0F, 0x0F}) == PrinterCondition::PaperOut);
  CHECK(judge_automatic({0x1C, 0x08, 0x00, 0x0F}) == PrinterCondition::CutterError);
}

TEST_CASE("replies are told apart however they are cut", "[printer][status]") {
  const std::string stream(
      "\x16\x14\x00\x03\x0F\x37\x22"
      "0042\x00\x00\x37\x25\x00\x5F"
      "EPSON\x00\x12"sv);
  for (std::size_t cut = 0; cut <= stream.size(); cut++) {
    escpos::ReplyReader reader;
    reader.feed(std::string_view(stream).substr(0, cut));
    reader.feed(std::string_view(stream).substr(cut));
    std::vector<escpos::Reply::Kind> kinds;
    std::string id;
    while (const auto reply = reader.next()) {
      kinds.push_back(reply->kind);
      if (reply->kind == escpos::Reply::Kind::Done) id.assign(reply->bytes.begin(), reply->bytes.end());
    }
    using Kind = escpos::Reply::Kind;
    CHECK(kinds ==
          std::vector<Kind>{Kind::Realtime, Kind::Automatic, Kind::Done, Kind::Status, Kind::Cleared, Kind::Realtime});
    CHECK(id == "0042");
  }
}

TEST_CASE("a babbling printer is bounded", "[printer][status]") {
  escpos::ReplyReader reader;
  reader.feed(std::string(100'000, '\x12'));
  int count = 0;
  while (reader.next()) count++;
  CHECK(count <= 256);
  reader.feed(std::string(100'000, '\x37'));
  reader.feed(std::string("\0\x12", 2));
  REQUIRE(reader.next().has_value());
}
