// What an answer says of the server's clock.
#include "kiosk/net/http.h"
#include "tests/unit/catch.h"

using namespace kiosk;

TEST_CASE("an answer is dated in each of HTTP's forms, or not at all") {
  const auto dated = [](const char* value) {
    net::Response response;
    response.headers.add("date", value);
    return response.date();
  };
  const core::Instant expected{std::chrono::seconds(784'111'777)};
  CHECK(dated("Sun, 06 Nov 1994 08:49:37 GMT") == expected);
  CHECK(dated("Sunday, 06-Nov-94 08:49:37 GMT") == expected);
  CHECK(dated(" Sun Nov  6 08:49:37 1994 ") == expected);
  CHECK_FALSE(dated(""));
  CHECK_FALSE(dated("yesterday"));
  CHECK_FALSE(net::Response().date());
}
