#include "kiosk/net/answer.h"
#include "kiosk/net/url.h"
#include "tests/unit/catch.h"

using namespace kiosk::net;
using namespace std::chrono_literals;
using kiosk::core::ErrorKind;

namespace {

Response answer(int status, std::string body = {}, const std::string& type = {}) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.url = "https://x.org/a?secret=1";
  if (!type.empty()) response.headers.add("Content-Type", type);
  return response;
}

}  // namespace

TEST_CASE("url: encoding leaves unreserved characters alone, and is undone") {
  CHECK(url_encode("aZ09-._~") == "aZ09-._~");
  CHECK(url_encode("a b/ü&=+?%") == "a%20b%2F%C3%BC%26%3D%2B%3F%25");
  CHECK(url_decode("a+b%20c%2f%zz%4") == "a b c/%zz%4");
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  CHECK(url_decode(url_encode(every)) == every);
}

TEST_CASE("url: building") {
  CHECK(build_url("https://x.org/api/", "/services", {{"page", "2"}}) == "https://x.org/api/services?page=2");
  CHECK(build_url("https://x.org/api", "services", {{"q", "a&b"}, {"l", "cy"}}) ==
        "https://x.org/api/services?q=a%26b&l=cy");
  CHECK(build_url("https://x.org/api?key=1#top", "s", {{"p", "2"}}) == "https://x.org/api/s?key=1&p=2");
  CHECK(build_url("https://x.org/api?", "", {{"p", ""}}) == "https://x.org/api?p=");
  CHECK(build_url("https://x.org/api/", "") == "https://x.org/api/");
  CHECK(build_url("https://x.org", "a/b") == "https://x.org/a/b");
}

TEST_CASE("url: what may be logged holds no query and no user") {
  CHECK(loggable_url("https://user:word@x.org/a/b?c=d#e") == "https://x.org/a/b");
  CHECK(loggable_url("https://x.org/a@b") == "https://x.org/a@b");
  CHECK(loggable_url("https://x.org?q=a@b") == "https://x.org");
  CHECK(loggable_url("no url?x") == "no url");
}

TEST_CASE("url: origins") {
  CHECK(origin_of("HTTPS://X.org:443/a?b") == "https://x.org");
  CHECK(origin_of("http://x.org:8080") == "http://x.org:8080");
  CHECK(origin_of("http://[::1]:80/a") == "http://[::1]");
  for (const char* url : {"", "x.org", "ftp://x.org", "http://", "http://x .org/"}) CHECK(origin_of(url).empty());
}

TEST_CASE("answer: what a status means") {
  CHECK(check_status(answer(204)).ok());
  const std::pair<int, ErrorKind> kinds[] = {{404, ErrorKind::NotFound},    {410, ErrorKind::NotFound},
                                             {429, ErrorKind::RateLimited}, {408, ErrorKind::Timeout},
                                             {400, ErrorKind::Refused},     {500, ErrorKind::Interrupted},
                                             {503, ErrorKind::Interrupted}, {304, ErrorKind::Unsupported}};
  for (const auto& [status, kind] : kinds) {
    INFO(status);
    CHECK(check_status(answer(status)).error().kind == kind);
    CHECK(check_status(answer(status)).error().where == "https://x.org/a");
  }
}

TEST_CASE("answer: JSON that is JSON") {
  CHECK(json_answer(answer(200, "\xEF\xBB\xBF {\"a\": 1}", "application/json"))->at("a") == 1);
  CHECK(json_answer(answer(200, "[]")).ok());
  CHECK(json_answer(answer(200, "[]", "text/plain")).ok());
  CHECK(json_answer(answer(200, "<!doctype html>", "application/json")).error().kind == ErrorKind::Unsupported);
  CHECK(json_answer(answer(200, "sorry", "text/html; charset=utf-8")).error().kind == ErrorKind::Unsupported);
  CHECK(json_answer(answer(200, " ", "application/json")).error().kind == ErrorKind::Unsupported);
  CHECK(json_answer(answer(200, "{\"a\":", "application/json")).error().kind == ErrorKind::Invalid);
  CHECK(json_answer(answer(404, "{}", "application/json")).error().kind == ErrorKind::NotFound);
}

TEST_CASE("answer: when to come again") {
  const kiosk::core::Instant now = kiosk::core::parse_iso8601("2026-11-23T12:00:00Z").value();
  const auto after = [&](const char* value) {
    Response response;
    response.headers.add("retry-after", value);
    return response.retry_after(now);
  };
  CHECK(after("120") == 120s);
  CHECK(after("0") == 0s);
  CHECK(after("-5") == 0s);
  CHECK(after("99999999999999999999999") == 24h);
  CHECK(after("Mon, 23 Nov 2026 12:01:00 GMT") == 60s);
  CHECK(after("Mon, 23 Nov 2020 12:01:00 GMT") == 0s);
  CHECK_FALSE(after("soon"));
  CHECK_FALSE(after(""));
  CHECK_FALSE(Response().retry_after(now));
}
