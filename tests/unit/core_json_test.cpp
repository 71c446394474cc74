#include "kiosk/core/json.h"
#include "tests/unit/catch.h"

using namespace kiosk::core;

namespace {
Json parsed(std::string_view text) {
  Result<Json> json = parse_json(text, "test");
  REQUIRE(json.ok());
  return *json;
}
}  // namespace

TEST_CASE("json: errors name the source and the place, never the content") {
  const Result<Json> broken = parse_json(R"({"name": "Jane Doe", })", "feed/1");
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().kind == ErrorKind::Invalid);
  CHECK(broken.error().where == "feed/1");
  CHECK(broken.error().describe().find("Jane") == std::string::npos);
  for (const char* text : {"", "{", "[1,]", "<html>", "{\"a\":\"\xC3\x28\"}", "nul", "1e999", "[1] 2"}) {
    INFO(text);
    CHECK_FALSE(parse_json(text, "test").ok());
  }
}

TEST_CASE("json: depth is bounded, and brackets in strings do not count") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']'), "test").ok());
  CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']'), "test").ok());
  CHECK_FALSE(parse_json(std::string(5'000'000, '['), "test").ok());
  CHECK(parse_json(R"(["[[[[\"[[[[", 1])", "test", 1).ok());
}

TEST_CASE("json: text is taken leniently") {
  const Json object = parsed(R"({"s": "  a b ", "n": 12, "f": 1.5, "b": true, "x": null, "o": {}})");
  CHECK(json_text(object, "s") == "a b");
  CHECK(json_text(object, "n") == "12");
  CHECK(json_text(object, "f") == "1.5");
  CHECK(json_text(object, "b") == "true");
  for (const char* key : {"x", "o", "missing"}) CHECK(json_text(object, key).empty());
  CHECK(json_text(Json(3), "s").empty());
}

TEST_CASE("json: numbers are taken whole or not at all") {
  const Json object = parsed(R"({"i": -1, "t": " 42 ", "f": 2.0, "h": 2.5, "big": 18446744073709551615, "w": "1x",
                                 "inf": "inf", "e": "", "huge": 1e300, "d": "51.5"})");
  CHECK(json_integer(object, "i") == -1);
  CHECK(json_integer(object, "t") == 42);
  CHECK(json_integer(object, "f") == 2);
  for (const char* key : {"h", "big", "w", "e", "huge", "missing"}) CHECK_FALSE(json_integer(object, key));
  CHECK(json_number(object, "h") == 2.5);
  CHECK(json_number(object, "d") == 51.5);
  CHECK(json_number(object, "i") == -1.0);
  for (const char* key : {"w", "inf", "e", "missing"}) CHECK_FALSE(json_number(object, key));
}

TEST_CASE("json: truth") {
  const Json object = parsed(R"({"a": true, "b": "TRUE", "c": 1, "d": "0", "e": false, "f": "yes", "g": 2})");
  for (const char* key : {"a", "b", "c"}) CHECK(json_bool(object, key) == true);
  for (const char* key : {"d", "e"}) CHECK(json_bool(object, key) == false);
  for (const char* key : {"f", "g", "missing"}) CHECK_FALSE(json_bool(object, key));
}

TEST_CASE("json: members of the wrong kind read as empty ones") {
  const Json object = parsed(R"({"a": [1], "o": {"k": 1}})");
  CHECK(json_array(object, "a").size() == 1);
  CHECK(json_object(object, "o").size() == 1);
  CHECK(json_array(object, "o").empty());
  CHECK(json_object(object, "a").is_object());
  CHECK(json_array(Json("text"), "a").is_array());
}

TEST_CASE("json: writing never throws") {
  CHECK(dump_json(Json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
  CHECK(dump_json(parsed("{\"a\": [1, 2]}")) == "{\"a\":[1,2]}");
}
