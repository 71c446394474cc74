#include "kiosk/core/files.h"
#include "tests/sandbox/clock.h"
#include "tests/unit/sandbox_fixture.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;
using kiosk::sandbox::Sandbox;

namespace {

// With its clock at the next noon, so that no day ends while a test runs.
std::unique_ptr<Sandbox> start_at_noon(kiosk::sandbox::SandboxOptions options = options_of_test()) {
  auto sandbox = start(std::move(options));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto noon = std::chrono::ceil<std::chrono::days>(now) + std::chrono::hours(12);
  sandbox->advance_clock(noon - now);
  return sandbox;
}

std::string day_from_now(const Sandbox& sandbox, int days) {
  const auto now = kiosk::core::parse_iso8601(sandbox.ledger()["now"].get<std::string>());
  return kiosk::core::to_iso8601(*now + std::chrono::days(days)).substr(0, 10);
}

Json calendar(const Sandbox& sandbox, Client& client, int from = 0, int to = 10, const std::string& more = {}) {
  return client
      .get("/available-calendar/?startDate=" + day_from_now(sandbox, from) + "&endDate=" + day_from_now(sandbox, to) +
           "&officeIds=7001&serviceIds=9001&serviceCounts=1" + more)
      .json();
}

std::int64_t first_time(const Json& calendar) {
  return calendar["availableDays"][0]["offices"][0]["appointments"][0].get<std::int64_t>();
}

Json wish(std::int64_t timestamp) {
  return {{"timestamp", timestamp}, {"officeId", "7001"}, {"serviceId", {"9001"}}, {"serviceCount", {1}}};
}

Json key_of(const Json& process) { return {{"processId", process["processId"]}, {"authKey", process["authKey"]}}; }

Json contact_of(const Json& process) {
  Json body = key_of(process);
  body["familyName"] = "A. Resident";
  body["telephone"] = "+447700900123";
  return body;
}

}  // namespace

TEST_CASE("an appointment goes from the calendar to confirmed, and the ledger tells its story") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const std::int64_t time = first_time(calendar(*sandbox, client));
  const Json held = client.post("/reserve-appointment/", wish(time)).json();
  CHECK(held["status"] == "reserved");
  CHECK(held["timestamp"] == std::to_string(time));
  CHECK(held["authKey"].get<std::string>().size() == 4);
  CHECK(held["slotCount"] == 2);
  CHECK(held["email"] == "placeholder@example.test");

  const Json updated = client.post("/update-appointment/", contact_of(held)).json();
  CHECK(updated["familyName"] == "A. Resident");
  CHECK(updated["status"] == "reserved");
  const Json confirmed = client.post("/confirm-appointment/", key_of(held)).json();
  CHECK(confirmed["status"] == "confirmed");
  CHECK(confirmed["icsContent"].get<std::string>().find("BEGIN:VEVENT") != std::string::npos);
  CHECK(error_code(client.post("/confirm-appointment/", key_of(held))) == "processNotPreconfirmedAnymore");
  const std::string query = "?processId=" + held["processId"].dump() + "&authKey=" + held["authKey"].get<std::string>();
  CHECK(client.get("/appointment/" + query).json()["status"] == "confirmed");

  const Json ledger = sandbox->ledger();
  REQUIRE(ledger["bookings"].size() == 1);
  const Json booking = ledger["bookings"][0];
  CHECK(booking["status"] == "confirmed");
  CHECK(booking["asked"]["confirm-appointment"] == 2);
  CHECK(booking["asked"]["appointment"] == 1);
  CHECK(booking["contact"]["family_name"] == "A. Resident");
  std::vector<std::string> events;
  for (const Json& event : booking["history"]) events.push_back(event["event"]);
  CHECK(events == std::vector<std::string>{"reserved", "updated", "confirmed", "refused"});
  CHECK(ledger["slots"].size() == 2);
  CHECK(ledger["violations"].empty());
}

TEST_CASE("a slot that is held cannot be had, and is free again after cancel") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const std::int64_t time = first_time(calendar(*sandbox, client));
  const Json held = client.post("/reserve-appointment/", wish(time)).json();
  const Reply second = client.post("/reserve-appointment/", wish(time));
  CHECK(second.status == 404);
  CHECK(error_code(second) == "appointmentNotAvailable");
  // The service takes two slots, so the one before and the one after are gone as well.
  CHECK(error_code(client.post("/reserve-appointment/", wish(time + 600))) == "appointmentNotAvailable");
  CHECK(first_time(calendar(*sandbox, client)) == time + 1200);

  CHECK(client.post("/cancel-appointment/", key_of(held)).json()["status"] == "deleted");
  CHECK(first_time(calendar(*sandbox, client)) == time);
  CHECK(error_code(client.post("/cancel-appointment/", key_of(held))) == "appointmentNotFound");
}

TEST_CASE("a hold lapses with the back end's clock") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const std::int64_t time = first_time(calendar(*sandbox, client));
  const Json held = client.post("/reserve-appointment/", wish(time)).json();
  sandbox->advance_clock(std::chrono::minutes(14));
  CHECK(client.post("/update-appointment/", contact_of(held)).status == 200);
  sandbox->advance_clock(std::chrono::minutes(2));
  CHECK(error_code(client.post("/confirm-appointment/", key_of(held))) == "appointmentNotFound");
  CHECK(sandbox->ledger()["bookings"][0]["status"] == "expired");
  CHECK(client.post("/reserve-appointment/", wish(time)).status == 200);
}

TEST_CASE("preconfirmed appointments wait for their activation only so long") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const Json held = client.post("/reserve-appointment/", wish(first_time(calendar(*sandbox, client)))).json();
  client.post("/update-appointment/", contact_of(held));
  CHECK(client.post("/preconfirm-appointment/", key_of(held)).json()["status"] == "preconfirmed");
  CHECK(error_code(client.post("/update-appointment/", contact_of(held))) == "processNotReservedAnymore");
  sandbox->advance_clock(std::chrono::minutes(31));
  CHECK(error_code(client.post("/confirm-appointment/", key_of(held))) == "appointmentNotFound");
}

TEST_CASE("an appointment that has begun cannot be cancelled") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const std::int64_t time = first_time(calendar(*sandbox, client));
  const Json held = client.post("/reserve-appointment/", wish(time)).json();
  client.post("/update-appointment/", contact_of(held));
  client.post("/confirm-appointment/", key_of(held));
  sandbox->advance_clock(std::chrono::days(3));
  const Reply refused = client.post("/cancel-appointment/", key_of(held));
  CHECK(refused.status == 406);
  CHECK(error_code(refused) == "appointmentCanNotBeCanceled");
}

TEST_CASE("the calendar's window, neighbours and bounds") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  const Json days =
      calendar(*sandbox, client, 0, 10,
               "&slotsStartDate=" + day_from_now(*sandbox, 3) + "&slotsEndDate=" + day_from_now(*sandbox, 4));
  REQUIRE(days["availableDays"].size() == 10);  // not today: the pattern begins tomorrow
  CHECK(days["availableDays"][0]["date"] == day_from_now(*sandbox, 1));
  CHECK(days["availableDays"][0]["offices"].empty());
  CHECK(days["availableDays"][2]["offices"][0]["officeId"] == "7001");
  CHECK(days["prevBookableDate"] == day_from_now(*sandbox, 2));
  CHECK(days["nextBookableDate"] == day_from_now(*sandbox, 5));

  const Json beyond = calendar(*sandbox, client, 40, 50);
  CHECK(beyond["availableDays"].empty());
  CHECK(beyond["prevBookableDate"] == day_from_now(*sandbox, 30));
  CHECK(beyond["nextBookableDate"].is_null());

  CHECK(client
            .get("/available-calendar/"
                 "?startDate=2031-03-10&endDate=2031-03-01&officeIds=7001&serviceIds=9001&serviceCounts=1")
            .status == 520);
  CHECK(client
            .get("/available-calendar/"
                 "?startDate=2031-03-10&endDate=2032-03-20&officeIds=7001&serviceIds=9001&serviceCounts=1")
            .status == 520);
  const Reply wrong =
      client.get("/available-calendar/?startDate=soon&endDate=2031-03-01&officeIds=x&serviceIds=9001&serviceCounts=99");
  CHECK(wrong.status == 400);
  CHECK(wrong.json()["errors"].size() == 3);
  CHECK(
      error_code(client.get("/available-calendar/"
                            "?startDate=2031-03-01&endDate=2031-03-02&officeIds=7001&serviceIds=1&serviceCounts=1")) ==
      "invalidLocationAndServiceCombination");
}

TEST_CASE("bodies, keys and contacts are held against the rules") {
  auto options = options_of_test();
  Json& scope = options.appointments["backends"][0]["offices"][0]["scope"];
  scope["emailRequired"] = true;
  scope["telephoneRequired"] = true;
  scope["customTextfieldActivated"] = true;
  scope["customTextfieldRequired"] = true;
  const auto sandbox = start_at_noon(std::move(options));
  Client client(*sandbox, kZms);
  CHECK(client.post("/reserve-appointment/", {{"timestamp", 5}}).json()["errors"].size() == 3);
  const Json held = client.post("/reserve-appointment/", wish(first_time(calendar(*sandbox, client)))).json();

  Json body = contact_of(held);
  body.erase("telephone");
  body["familyName"] = "  ";
  const Reply refused = client.post("/update-appointment/", body);
  CHECK(refused.status == 406);
  std::vector<std::string> codes;
  const Json reasons = refused.json();
  for (const Json& error : reasons["errors"]) codes.push_back(error["errorCode"]);
  CHECK(codes == std::vector<std::string>{"invalidFamilyName", "emailIsRequired", "telephoneIsRequired",
                                          "invalidCustomTextfield"});

  Json other = key_of(held);
  other["authKey"] = "0000";
  CHECK(error_code(client.post("/cancel-appointment/", other)) == "authKeyMismatch");
  other["authKey"] = "xyz";
  CHECK(error_code(client.post("/cancel-appointment/", other)) == "invalidAuthKey");
  CHECK(error_code(client.get("/appointment/?processId=999&authKey=abcd")) == "appointmentNotFound");
  client.post("/confirm-appointment/",
              {{"processId", held["processId"].dump()}, {"authKey", held["authKey"]}, {"extra", 1}});
  CHECK(violations(*sandbox, "wrong_type") == 3);
  CHECK(violations(*sandbox, "unknown_parameter") == 1);
  CHECK(violations(*sandbox, "confirmed_without_contact") == 1);
}

TEST_CASE("slashes, methods, the rate limit and maintenance") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  CHECK(error_code(client.get("/offices-and-services")) == "notFound");
  CHECK(violations(*sandbox, "missing_trailing_slash") == 1);
  CHECK(error_code(client.get("/available-days/?officeId=7001")) == "notFound");
  CHECK(client.get("/reserve-appointment/").status == 405);
  REQUIRE(sandbox->configure({{"zms", {{"rate_limit", 6}, {"auth_key_length", 64}}}}).ok());
  const Reply fine = client.get("/offices-and-services/");
  CHECK(fine.header("X-RateLimit-Limit") == "6");
  CHECK(fine.header("X-RateLimit-Remaining") == "2");
  client.get("/offices-and-services/");
  client.get("/offices-and-services/");
  const Reply limited = client.get("/offices-and-services/");
  CHECK(limited.status == 429);
  CHECK(error_code(limited) == "rateLimitExceeded");
  CHECK(limited.header("Retry-After").empty());
  sandbox->advance_clock(std::chrono::seconds(61));
  const Json held = client.post("/reserve-appointment/", wish(first_time(calendar(*sandbox, client)))).json();
  CHECK(held["authKey"].get<std::string>().size() == 64);
  REQUIRE(sandbox->configure({{"zms", {{"maintenance", true}}}}).ok());
  CHECK(error_code(client.get("/offices-and-services/")) == "serviceUnavailable");
}

TEST_CASE("the generation before has lists of days and times, and no last slash") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  REQUIRE(sandbox->configure({{"zms", {{"backends", {{"harbour", {{"legacy", true}}}}}}}}).ok());
  CHECK(error_code(client.get("/offices-and-services/")) == "notFound");
  CHECK(client.get("/offices-and-services").status == 200);
  CHECK(error_code(client.get("/available-calendar")) == "notFound");
  const std::string visit = "officeId=7001&serviceId=9001&serviceCount=1";
  const auto days = [&](const char* path, int from, int to) {
    return client.get(std::string(path) + visit + "&startDate=" + day_from_now(*sandbox, from) +
                      "&endDate=" + day_from_now(*sandbox, to));
  };
  const Json plain = days("/available-days?", 0, 3).json();
  CHECK(plain["availableDays"] ==
        Json({day_from_now(*sandbox, 1), day_from_now(*sandbox, 2), day_from_now(*sandbox, 3)}));
  const Json by_office = days("/available-days-by-office?", 0, 1).json();
  CHECK(by_office["availableDays"][0] == Json({{"time", day_from_now(*sandbox, 1)}, {"providerIDs", "7001"}}));
  CHECK(error_code(days("/available-days?", 40, 50)) == "noAppointmentForThisScope");
  const auto times = [&](const char* path, int day) {
    return client.get(std::string(path) + visit + "&date=" + day_from_now(*sandbox, day));
  };
  const Json at = times("/available-appointments?", 1).json()["appointmentTimestamps"];
  REQUIRE(at.size() > 10);
  const Json offices = times("/available-appointments-by-office?", 1).json()["offices"];
  CHECK(offices[0]["officeId"] == 7001);
  CHECK(offices[0]["appointments"] == at);
  CHECK(error_code(times("/available-appointments?", 0)) == "noAppointmentForThisDay");
  CHECK(error_code(client.get("/available-days?officeId=x&serviceId=9001&serviceCount=1")) == "invalidOfficeId");
  CHECK(client.post("/reserve-appointment", wish(at[0].get<std::int64_t>())).json()["status"] == "reserved");
  REQUIRE(sandbox->configure({{"zms", {{"legacy", false}}}}).ok());
  CHECK(client.get("/offices-and-services/").status == 200);
}

TEST_CASE("an office's bounds on one visit") {
  auto options = options_of_test();
  options.appointments["backends"][0]["offices"][0]["scope"]["slotsPerAppointment"] = "3";
  options.appointments["backends"][0]["relations"][0]["maxQuantity"] = 3;
  const auto sandbox = start_at_noon(std::move(options));
  Client client(*sandbox, kZms);
  const std::int64_t time = first_time(calendar(*sandbox, client));
  const auto refusal = [&](int count) {
    Json body = wish(time);
    body["serviceCount"] = {count};
    return error_code(client.post("/reserve-appointment/", body));
  };
  CHECK(refusal(2) == "tooManySlotsPerAppointment");
  CHECK(refusal(4) == "tooManyServicesPerAppointment");
  CHECK(refusal(1).empty());
  const std::string range = "startDate=" + day_from_now(*sandbox, 0) + "&endDate=" + day_from_now(*sandbox, 2);
  CHECK(error_code(client.get("/available-calendar/?" + range + "&officeIds=7001&serviceIds=9001&serviceCounts=2")) ==
        "tooManySlotsPerAppointment");
}

TEST_CASE("offices with a captcha want a token, of this address and not too old") {
  auto options = options_of_test();
  options.appointments["backends"][0]["offices"][0]["scope"]["captchaActivatedRequired"] = true;
  options.config = {{"zms", {{"captcha_cost", 2}}}};
  const auto sandbox = start_at_noon(std::move(options));
  Client client(*sandbox, kZms);
  CHECK(client.get("/captcha-details/").json()["captchaEnabled"] == true);
  const auto refusal = [&](const std::string& token) {
    return kiosk::core::json_text(calendar(*sandbox, client, 0, 3, "&captchaToken=" + token)["errors"][0], "errorCode");
  };
  CHECK(refusal("") == "captchaMissing");
  CHECK(refusal("made.up.token") == "captchaInvalid");
  const Json challenge = client.get("/captcha-challenge/").json();
  CHECK(challenge["parameters"]["cost"] == 2);
  const Reply failed = client.post("/captcha-verify/", {{"payload", "e30="}});
  CHECK(failed.status == 200);
  CHECK(failed.json()["meta"]["success"] == false);
  CHECK_FALSE(failed.json().contains("token"));
  CHECK(error_code(client.post("/reserve-appointment/", wish(4'000'000'000))) == "captchaMissing");
}

TEST_CASE("requests may count until there was none for a while") {
  const auto sandbox = start_at_noon();
  Client client(*sandbox, kZms);
  REQUIRE(sandbox->configure({{"zms", {{"rate_limit", 3}, {"rate_until_quiet", true}}}}).ok());
  for (int i = 0; i < 3; i++) {
    sandbox->advance_clock(std::chrono::seconds(40));
    CHECK(client.get("/captcha-details/").header("X-RateLimit-Remaining") == std::to_string(2 - i));
  }
  sandbox->advance_clock(std::chrono::seconds(40));
  CHECK(client.get("/captcha-details/").status == 429);
  sandbox->advance_clock(std::chrono::seconds(30));
  CHECK(client.get("/captcha-details/").header("X-RateLimit-Remaining") == "2");
}

TEST_CASE("an office may limit the appointments under one e-mail address") {
  auto options = options_of_test();
  options.appointments["backends"][0]["offices"][0]["scope"]["appointmentsPerMail"] = "1";
  const auto sandbox = start_at_noon(std::move(options));
  Client client(*sandbox, kZms);
  const auto book = [&] {
    const Json held = client.post("/reserve-appointment/", wish(first_time(calendar(*sandbox, client)))).json();
    Json body = contact_of(held);
    body["email"] = "a.resident@example.test";
    return client.post("/update-appointment/", body);
  };
  CHECK(book().status == 200);
  CHECK(error_code(book()) == "tooManyAppointmentsWithSameMail");
}

TEST_CASE("everything the demo region offers for booking can be booked") {
  kiosk::sandbox::SandboxOptions options;
  options.demo = kiosk::sandbox::demo_folder();
  if (options.demo.empty()) return;
  options.appointments = Json::parse(*kiosk::core::read_file(options.demo / "appointments.json"));
  for (Json& backend : options.appointments["backends"]) {  // what is offered is asked here, not who may have it
    for (Json& office : backend["offices"]) office["scope"]["captchaActivatedRequired"] = false;
  }
  const auto sandbox = start_at_noon(std::move(options));
  for (const std::string& id : sandbox->zms_ids()) {
    Client client(*sandbox, "/zms/" + id + "/terminvereinbarung/api/citizen");
    const Json offer = client.get("/offices-and-services/").json();
    CHECK_FALSE(offer["relations"].empty());
    for (const Json& relation : offer["relations"]) {
      const std::string query =
          "&officeIds=" + relation["officeId"].dump() + "&serviceIds=" + relation["serviceId"].dump();
      INFO(id << query);
      const Json days = client
                            .get("/available-calendar/?startDate=" + day_from_now(*sandbox, 0) +
                                 "&endDate=" + day_from_now(*sandbox, 28) + query + "&serviceCounts=1")
                            .json();
      REQUIRE_FALSE(days["availableDays"].empty());
      const Json held = {{"timestamp", first_time(days)},
                         {"officeId", relation["officeId"]},
                         {"serviceId", {relation["serviceId"]}},
                         {"serviceCount", {1}}};
      CHECK(client.post("/reserve-appointment/", held).json()["status"] == "reserved");
    }
  }
}

TEST_CASE("appointments.json is refused where it is wrong") {
  const auto error_of = [](Json appointments) {
    auto options = options_of_test();
    options.appointments = std::move(appointments);
    auto sandbox = Sandbox::start(std::move(options));
    return sandbox ? std::string() : sandbox.error().describe();
  };
  Json wrong = appointments_json();
  wrong["backends"][0]["patterns"][0]["weekly"][0]["day"] = "XX";
  CHECK(error_of(wrong).find("harbour.patterns.7001.weekly") != std::string::npos);
  wrong = appointments_json();
  wrong["backends"][0]["relations"][0]["serviceId"] = 5;
  CHECK(error_of(wrong).find("harbour.relations") != std::string::npos);
  CHECK(error_of(Json::object()).find("backends") != std::string::npos);
}

TEST_CASE("UK time keeps the law's two Sundays") {
  using namespace std::chrono;
  using kiosk::sandbox::uk_epoch_s;
  // 2026: clocks go forward on 29 March, back on 25 October, both at 01:00 UTC.
  CHECK(uk_epoch_s(2026y / 3 / 28, 9 * 60) == 1774688400);
  CHECK(uk_epoch_s(2026y / 3 / 29, 9 * 60) == 1774771200);  // an hour less than a day later
  CHECK(uk_epoch_s(2026y / 10 / 24, 9 * 60) + 25 * 3600 == uk_epoch_s(2026y / 10 / 25, 9 * 60));
  CHECK(kiosk::sandbox::uk_offset_s(1774745999) == 0);
  CHECK(kiosk::sandbox::uk_offset_s(1774746000) == 3600);
  CHECK(kiosk::sandbox::uk_date(1774748400 + 22 * 3600) == 2026y / 3 / 30);  // 00:00 summer time is 23:00 UTC
  CHECK(kiosk::sandbox::parse_http_date(kiosk::sandbox::http_date(1774746000)) == 1774746000);
}
