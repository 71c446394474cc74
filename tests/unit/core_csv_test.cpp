#include "kiosk/core/csv.h"
#include "tests/unit/catch.h"

using namespace kiosk::core;

namespace {

std::vector<std::vector<std::string>> read_all(std::string_view bytes) {
  CsvReader reader(bytes, "test.csv");
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  for (;;) {
    const Result<bool> more = reader.next(record);
    REQUIRE(more.ok());
    if (!*more) return records;
    records.push_back(record);
  }
}

using Records = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("csv: bare and quoted fields, every kind of line end") {
  CHECK(read_all("a,b\r\nc,d\ne,f\rg,h") == Records{{"a", "b"}, {"c", "d"}, {"e", "f"}, {"g", "h"}});
  CHECK(read_all("\"a,b\",\"say \"\"hello\"\"\",\"two\nlines\"") == Records{{"a,b", "say \"hello\"", "two\nlines"}});
  CHECK(read_all("\"\"\"+44 1234 234567\"\"\"") == Records{{"\"+44 1234 234567\""}});
}

TEST_CASE("csv: empty fields stay, blank lines do not") {
  CHECK(read_all(",\n\n\r\n,,\n") == Records{{"", ""}, {"", "", ""}});
  CHECK(read_all("").empty());
  CHECK(read_all("\n\n").empty());
}

TEST_CASE("csv: what the RFC forbids but files do") {
  CHECK(read_all("5\" pipe,b") == Records{{"5\" pipe", "b"}});
  CHECK(read_all("\"a\"b,c") == Records{{"ab", "c"}});
  CHECK(read_all("\xEF\xBB\xBFid,name") == Records{{"id", "name"}});
}

TEST_CASE("csv: a quote that never closes names file and line") {
  CsvReader reader("a,b\nc,\"d\ne\n", "test.csv");
  std::vector<std::string> record;
  REQUIRE(reader.next(record).ok());
  const Result<bool> broken = reader.next(record);
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().kind == ErrorKind::Invalid);
  CHECK(broken.error().where == "test.csv:2");
}

TEST_CASE("csv: limits are kept") {
  std::vector<std::string> record;
  CsvReader wide("a,b,c", "wide.csv", {.max_fields = 2});
  CHECK(wide.next(record).error().kind == ErrorKind::Full);
  CsvReader quoted("\"aaaa\"", "long.csv", {.max_field_bytes = 3});
  CHECK(quoted.next(record).error().kind == ErrorKind::Full);
  CsvReader bare("aaaa", "long.csv", {.max_field_bytes = 3});
  CHECK(bare.next(record).error().kind == ErrorKind::Full);
}

TEST_CASE("csv: a table finds its columns by name") {
  Result<CsvTable> table = CsvTable::open("ID, Name ,town\n1, One ,\"A, B\"\n2,Two\n", "places.csv");
  REQUIRE(table.ok());
  CHECK(table->has("name"));
  CHECK_FALSE(table->has("postcode"));
  REQUIRE(*table->next());
  CHECK(table->field("id") == "1");
  CHECK(table->field("NAME") == "One");
  CHECK(table->field("town") == "A, B");
  CHECK(table->field("postcode").empty());
  CHECK(table->line() == 2);
  REQUIRE(*table->next());
  CHECK(table->field("town").empty());
  CHECK_FALSE(*table->next());
  CHECK(CsvTable::open("", "empty.csv").error().kind == ErrorKind::Invalid);
}

TEST_CASE("csv: a line number counts the lines inside quotes") {
  CsvReader reader("\"a\nb\nc\"\nd", "test.csv");
  std::vector<std::string> record;
  REQUIRE(*reader.next(record));
  REQUIRE(*reader.next(record));
  CHECK(reader.line() == 4);
}
