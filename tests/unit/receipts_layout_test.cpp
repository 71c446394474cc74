#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "kiosk/receipts/png.h"
#include "kiosk/receipts/qr.h"
#include "kiosk/receipts/receipt_layout.h"
#include "tests/unit/receipts_example.h"

using namespace kiosk;
using namespace kiosk::receipts;

namespace {

text::TextEngine& engine() {
  static const auto shared = text::TextEngine::create();
  REQUIRE(shared.ok());
  return **shared;
}

core::Bitmap1 laid_out(const Receipt& receipt, const std::string& language, const PaperFormat& format) {
  auto result = layout_receipt(receipt, example_words().in(language), format, engine());
  INFO((result.ok() ? std::string() : result.error().describe()));
  REQUIRE(result.ok());
  return std::move(result).value();
}

bool column_is_white(const core::Bitmap1& paper, int x) {
  for (int y = 0; y < paper.height; ++y) {
    if (paper.at(x, y)) return false;
  }
  return true;
}

// Black dots of the rows [top, bottom) in the left and in the right half.
std::pair<int, int> halves(const core::Bitmap1& paper, int top, int bottom) {
  std::pair<int, int> count{0, 0};
  for (int y = top; y < bottom; ++y) {
    for (int x = 0; x < paper.width; ++x) {
      if (paper.at(x, y)) ++(x < paper.width / 2 ? count.first : count.second);
    }
  }
  return count;
}

// What zbarimg reads in the picture: another program's opinion of our code.
std::string read_by_zbar(const core::Bitmap1& paper) {
  const auto file = std::filesystem::temp_directory_path() / ("kiosk-receipt-" + std::to_string(::getpid()) + ".png");
  const auto png = to_png(paper);
  REQUIRE(png.ok());
  std::ofstream(file, std::ios::binary) << *png;
  const std::string command = "zbarimg --raw -q " + file.string() + " 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), count);
  ::pclose(pipe);
  std::filesystem::remove(file);
  return text;
}

bool zbar_is_missing() { return std::system("zbarimg --version >/dev/null 2>&1") != 0; }

}  // namespace

TEST_CASE("A QR reader reads every receipt, at every width and size, in every language") {
  if (zbar_is_missing()) {
    WARN("skipped: zbarimg is not installed");
    return;
  }
  const Receipt receipt = example_receipt();
  for (const char* language : {"en", "cy", "pl", "ar"}) {
    for (const int width : {384, 512, 576}) {
      for (const bool large : {false, true}) {
        INFO(language << ' ' << width << (large ? " large" : ""));
        CHECK(read_by_zbar(laid_out(receipt, language, {width, width == 512 ? 7.09 : 8, large})) ==
              receipt.link + '\n');
      }
    }
  }
}

TEST_CASE("Nothing is drawn at the sides, and the strip is as wide as the paper") {
  Receipt receipt = example_receipt();
  receipt.title = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch_" + std::string(200, 'W');
  receipt.reference = std::string(80, '8');
  receipt.call = "020 7946 0018 extension 1234567890123456789012345678901234567890";
  for (const char* language : {"en", "ar"}) {
    for (const int width : {200, 384, 399, 576, 1024}) {
      for (const bool large : {false, true}) {
        receipt.link = width < 300 ? "" : "https://kiosk.example/r/7K3M9QX4";
        const auto paper = laid_out(receipt, language, {width, 8, large});
        INFO(language << ' ' << width);
        CHECK(paper.width == width);
        for (int x = 0; x < 8; ++x) {
          CHECK(column_is_white(paper, x));
          CHECK(column_is_white(paper, width - 1 - x));
        }
        for (int y = 0; y < 8; ++y) CHECK(halves(paper, y, y + 1) == std::pair{0, 0});
      }
    }
  }
}

TEST_CASE("Right-to-left receipts are aligned to the right") {
  const Receipt receipt = example_receipt();
  // The rows of the heading; Arabic has one line of it at this width.
  const auto english = laid_out(receipt, "en", {1024, 8, false});
  const auto arabic = laid_out(receipt, "ar", {1024, 8, false});
  const auto [en_left, en_right] = halves(english, 0, 70);
  const auto [ar_left, ar_right] = halves(arabic, 0, 70);
  CHECK(en_left > 2 * en_right);
  CHECK(ar_right > 2 * ar_left);
}

TEST_CASE("Large print is larger, and sizes follow the printer's density") {
  CHECK(type_sizes({576, 203 / 25.4, false}).body == Approx(34));
  CHECK(type_sizes({576, 203 / 25.4, true}).body == Approx(45));
  CHECK(type_sizes({576, 203 / 25.4, true}).important == Approx(51));
  CHECK(type_sizes({512, 180 / 25.4, false}).body == Approx(30));
  const Receipt receipt = example_receipt();
  CHECK(laid_out(receipt, "en", {576, 8, true}).height > laid_out(receipt, "en", {576, 8, false}).height * 5 / 4);
}

TEST_CASE("When the record was looked at and when the paper was printed stand together") {
  Receipt receipt = example_receipt();
  const int without = laid_out(receipt, "en", {1024, 8, false}).height;
  receipt.checked = receipt.issued_at;
  const double added_mm = (laid_out(receipt, "en", {1024, 8, false}).height - without) / 8.0;
  CHECK(added_mm > 3);
  CHECK(added_mm < 7);  // one line, and no gap as between sections
}

TEST_CASE("A reference stays on one line where a smaller size makes that possible") {
  Receipt receipt;
  receipt.reference = "ZMS 104 993 27";
  Receipt shorter = receipt;
  shorter.reference = "Z";
  const auto line = [&](const Receipt& one) { return laid_out(one, "en", {384, 8, false}).height; };
  CHECK(line(receipt) <= line(shorter));
}

TEST_CASE("The same receipt gives the same dots") {
  CHECK(laid_out(example_receipt(), "ar", {576, 8, false}) == laid_out(example_receipt(), "ar", {576, 8, false}));
}

TEST_CASE("What cannot be printed is refused with the reason") {
  const auto& english = example_words().in("en");
  Receipt receipt = example_receipt();
  const auto error = [&](const PaperFormat& format) {
    const auto result = layout_receipt(receipt, english, format, engine());
    REQUIRE_FALSE(result.ok());
    return result.error();
  };
  CHECK(error({199, 8, false}).kind == core::ErrorKind::Invalid);
  CHECK(error({1025, 8, false}).kind == core::ErrorKind::Invalid);
  CHECK(error({576, 0, false}).kind == core::ErrorKind::Invalid);
  receipt.link = "https://kiosk.example/" + std::string(1000, 'a');
  CHECK(error({384, 8, false}).kind == core::ErrorKind::Full);
  CHECK(error({384, 8, false}).what.find("QR") != std::string::npos);
}

TEST_CASE("Hostile receipts are laid out, bounded") {
  Receipt receipt = example_receipt();
  receipt.title = "\xFF\xFE\u202E" + std::string(100000, 'W');
  receipt.bring.assign(500, "زغ\u2067ż\x1B@" + std::string(3000, 'm'));
  receipt.what_next = receipt.facts = receipt.where.address = receipt.bring;
  receipt.times.assign(500, {receipt.bring.front(), receipt.bring});
  const auto paper = laid_out(receipt, "pl", {384, 8, true});
  CHECK(paper.height < 5000 * 8);
}

TEST_CASE("QR codes know their bounds") {
  const auto code = encode_qr("https://kiosk.example/r/7K3M9QX4");
  REQUIRE(code.ok());
  CHECK(code->size == 29);  // version 3-M holds 42 bytes
  CHECK(code->at(0, 0));    // the corner of a finder pattern
  CHECK_FALSE(code->at(7, 0));
  CHECK(module_dots(*code, 576) == 8);
  CHECK(module_dots(*code, 200) == 5);
  CHECK(module_dots(*code, 37 * 4) == 4);
  CHECK(module_dots(*code, 37 * 4 - 1) == 0);
  CHECK(encode_qr("").error().kind == core::ErrorKind::Invalid);
  CHECK(encode_qr(std::string_view("a\0b", 3)).error().kind == core::ErrorKind::Invalid);
  CHECK(encode_qr(std::string(2331, 'a')).ok());
  CHECK(encode_qr(std::string(2332, 'a')).error().kind == core::ErrorKind::Full);
}

TEST_CASE("Strips become PNG files") {
  core::Bitmap1 dots(9, 3);
  dots.set(8, 1);
  const auto png = to_png(dots);
  REQUIRE(png.ok());
  CHECK(png->starts_with("\x89PNG\r\n"));
  CHECK_FALSE(to_png(core::Bitmap1()).ok());
}
