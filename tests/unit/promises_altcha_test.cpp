// The captcha's proof of work, against answers that other implementations give: the vectors of the protocol
// (altcha-lib 2.8.0), and those computed with Python's hashlib and the reference implementation of Argon2.
#include <filesystem>

#include "kiosk/core/files.h"
#include "kiosk/promises/altcha.h"
#include "tests/unit/catch.h"
#include "tests/unit/real_data.h"

using namespace kiosk;
using namespace kiosk::promises;
using core::ErrorKind;
using core::Json;

namespace {

Json parameters(const std::string& algorithm) {
  return {{"algorithm", algorithm},
          {"nonce", "000102030405060708090a0b0c0d0e0f"},
          {"salt", "101112131415161718191a1b1c1d1e1f"},
          {"cost", 1000},
          {"keyLength", 32},
          {"keyPrefix", "00"}};
}

core::Result<altcha::Challenge> parsed(const Json& of) {
  return altcha::parse_challenge({{"parameters", of}, {"signature", "00"}});
}

core::Result<altcha::Solution> solved(const Json& of, altcha::SolveOptions options = {},
                                      const work::CancelToken& cancel = {}) {
  const auto challenge = parsed(of);
  INFO((challenge.ok() ? std::string() : challenge.error().describe()));
  REQUIRE(challenge.ok());
  return altcha::solve(*challenge, options, core::SystemClock(), cancel);
}

// Never to be solved by chance: 64 hex digits.
Json endless() {
  Json of = parameters("SHA-256");
  of["cost"] = 1;
  of["keyPrefix"] = std::string(64, 'f');
  return of;
}

}  // namespace

TEST_CASE("the captcha's work gives the answers that others give", "[promises][altcha]") {
  struct Case {
    const char* algorithm;
    int cost, memory, parallelism, length;
    const char* prefix;
    std::uint32_t counter;
    const char* key;
  };
  const Case cases[] = {
      {"SHA-256", 1000, 0, 0, 32, "00", 113, "00f1c39b89659dd7880b00fc531b7869387be18eefc9d4d528fcfb8a3d4d54e1"},
      {"SHA-384", 100, 0, 0, 48, "00", 71,
       "00c905e74463753e32575ecee8ef377095b4456bbd719b81fb9bf3ed88aefaf9681606f8dd0872ec1671a00f2b1ac74e"},
      {"SHA-512", 50, 0, 0, 32, "0a", 157, "0a6e2dc83e2153cbccbc41563dfab824dde34efb350b6912c4c9559a71e89019"},
      {"PBKDF2/SHA-256", 1000, 0, 0, 32, "00", 247, "00f200ab2d9ac7f93f1bcc073f5df4f7ee471668ad21853d8ff8185299da4489"},
      {"PBKDF2/SHA-384", 20, 0, 0, 48, "abc", 5811,
       "abc276c254a566b8df35901fd27ca890f426ba6a70acd899b0001c91f1fc89fd3694097c05c1ca46ea3158a1a8c643a5"},
      {"PBKDF2/SHA-512", 20, 0, 0, 24, "7", 13, "7a64f80e5464aec9e7de7af9e67f1469ce06b8d3356852b9"},
      {"SCRYPT", 16, 8, 1, 32, "0f", 44, "0f20aa8a3b20c8b3b2612ec51ce6749d754e6c30458af023543730f014868edd"},
      {"SCRYPT", 32, 4, 2, 20, "5", 4, "541d82c883be0158b5766d3aaf9688f77206b3f3"},
      {"ARGON2ID", 1, 64, 1, 32, "0", 16, "0c9c5d94e56200dfa824ec1006cbd2d5cafd6730aef6c54541365b56601a88ba"},
      {"ARGON2ID", 2, 32, 1, 16, "e", 29, "ed67c6ae71fd14dcaf2f37a72a053ce2"},
  };
  for (const Case& each : cases) {
    INFO(each.algorithm << " " << each.cost);
    Json of = parameters(each.algorithm);
    of["cost"] = each.cost;
    of["memoryCost"] = each.memory > 0 ? Json(each.memory) : Json();
    of["parallelism"] = each.parallelism > 0 ? Json(each.parallelism) : Json();
    of["keyLength"] = each.length;
    of["keyPrefix"] = each.prefix;
    const auto solution = solved(of);
    REQUIRE(solution.ok());
    CHECK(solution->counter == each.counter);
    CHECK(solution->derived_key == each.key);
  }
}

TEST_CASE("the vectors of the fixtures are solved as they say", "[promises][altcha]") {
  const std::filesystem::path folder = test::real_data("api-fixtures/synthetic/zms");
  if (folder.empty()) {
    WARN("skipped: no real data");
    return;
  }
  const auto text = core::read_file(folder / "altcha-v2-vectors.json");
  REQUIRE(text.ok());
  const auto json = core::parse_json(*text, "vectors");
  REQUIRE(json.ok());
  REQUIRE_FALSE((*json)["vectors"].empty());
  for (const Json& vector : (*json)["vectors"]) {
    const auto solution = solved(vector);
    REQUIRE(solution.ok());
    CHECK(solution->counter == vector["counter"].get<std::uint32_t>());
    CHECK(solution->derived_key == vector["derivedKey"].get<std::string>());
  }
}

TEST_CASE("what is no challenge, or beyond a kiosk, is refused before any work", "[promises][altcha]") {
  const auto kind = [](const char* algorithm, const char* member, Json value) {
    Json of = parameters(algorithm);
    of[member] = std::move(value);
    const auto challenge = parsed(of);
    return challenge.ok() ? ErrorKind::Internal : challenge.error().kind;
  };
  CHECK(altcha::parse_challenge(Json::parse(R"({"meta": {"success": false}, "data": null})")).error().kind ==
        ErrorKind::Unsupported);
  CHECK(altcha::parse_challenge(Json::array()).error().kind == ErrorKind::Unsupported);
  CHECK(kind("MD5", "cost", 1) == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "nonce", "xyz") == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "nonce", "") == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "salt", std::string(1026, 'a')) == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "cost", 0) == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "cost", 2'000'000'000) == ErrorKind::Full);
  CHECK(kind("SHA-256", "keyLength", 65) == ErrorKind::Full);
  CHECK(kind("SHA-256", "keyPrefix", "") == ErrorKind::Unsupported);
  CHECK(kind("SHA-256", "keyPrefix", std::string(66, '0')) == ErrorKind::Full);
  CHECK(kind("SCRYPT", "memoryCost", 1'000'000) == ErrorKind::Full);
  CHECK(kind("SCRYPT", "cost", 1000) == ErrorKind::Unsupported);  // no power of two
  CHECK(kind("SCRYPT", "cost", 1 << 19) == ErrorKind::Full);      // 512 MiB
  CHECK(kind("SCRYPT", "parallelism", 1000) == ErrorKind::Full);
  CHECK(kind("ARGON2ID", "cost", 11) == ErrorKind::Full);
  Json argon = parameters("ARGON2ID");
  argon["cost"] = 1;
  argon["memoryCost"] = 1 << 20;
  CHECK(parsed(argon).error().kind == ErrorKind::Full);
}

TEST_CASE("work that has no end is given up: by time, by tries, by the resident", "[promises][altcha]") {
  altcha::SolveOptions options;
  options.longest = core::Milliseconds(30);
  CHECK(solved(endless(), options).error().kind == ErrorKind::Full);
  options.longest = core::Milliseconds(60'000);
  options.most_tries = 500;
  double last = -1;
  int calls = 0;
  options.progress = [&](double done) {
    CHECK(done >= last);
    CHECK(done < 1);
    last = done;
    calls++;
  };
  CHECK(solved(endless(), options).error().kind == ErrorKind::Full);
  CHECK(calls >= 10);
  CHECK(last > 0);
  work::CancelSource source;
  options = {};
  options.progress = [&](double) { source.cancel(); };
  CHECK(solved(endless(), options, source.token()).error().kind == ErrorKind::Cancelled);
}

TEST_CASE("a challenge that expires meanwhile is not worked on any longer", "[promises][altcha]") {
  core::AdjustableClock clock{core::Instant(std::chrono::seconds(1'930'000'000))};
  Json of = endless();
  of["expiresAt"] = 1'930'000'060;
  const auto challenge = parsed(of);
  REQUIRE(challenge.ok());
  altcha::SolveOptions options;
  options.longest = std::chrono::hours(1);
  options.progress = [&](double) { clock.advance(std::chrono::seconds(7)); };
  CHECK(altcha::solve(*challenge, options, clock, {}).error().kind == ErrorKind::Refused);
  // A clock that is wrong is no reason not to try.
  clock.advance(std::chrono::hours(24));
  Json easy = parameters("SHA-256");
  easy["cost"] = 10;
  easy["expiresAt"] = 1'930'000'060;
  CHECK(altcha::solve(*parsed(easy), {}, clock, {}).ok());
}

TEST_CASE("the payload carries the challenge as it came", "[promises][altcha]") {
  const Json challenge{{"parameters", parameters("SHA-256")}, {"signature", "0a70"}};
  const std::string payload = altcha::payload_of(challenge, {7, "00ab", core::Milliseconds(12)});
  CHECK(payload.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=") ==
        std::string::npos);
  CHECK(payload.size() % 4 == 0);
  CHECK(payload.starts_with("eyJ"));  // {"
}
