#include "kiosk/promises/altcha.h"

#include <sodium.h>

#include <algorithm>
#include <cmath>

#include "kiosk/core/strings.h"

namespace kiosk::promises::altcha {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMostSaltBytes = 256;
constexpr std::int64_t kMostKeyBytes = 64;
constexpr std::int64_t kMostRounds = 1'000'000;     // of SHA and PBKDF2: about a second
constexpr std::int64_t kMostPasses = 10;            // of Argon2id
constexpr std::int64_t kMostKibibytes = 64 * 1024;  // of Argon2id and scrypt: a kiosk has little memory
constexpr std::int64_t kMostParallelism = 4;
constexpr std::uint64_t kUsualTries = 5'000;        // where the prefix doesn't tell: a counter of the server's choice
constexpr core::Milliseconds kExpiryMargin{2'000};  // for sending the solution
constexpr double kLeastProgress = 0.01;             // that is worth telling: a try may take a microsecond

struct Algorithm {
  std::string_view name;
  Kind kind;
  Digest digest;
};
constexpr Algorithm kAlgorithms[] = {
    {"SHA-256", Kind::Sha, Digest::Sha256},           {"SHA-384", Kind::Sha, Digest::Sha384},
    {"SHA-512", Kind::Sha, Digest::Sha512},           {"PBKDF2/SHA-256", Kind::Pbkdf2, Digest::Sha256},
    {"PBKDF2/SHA-384", Kind::Pbkdf2, Digest::Sha384}, {"PBKDF2/SHA-512", Kind::Pbkdf2, Digest::Sha512},
    {"SCRYPT", Kind::Scrypt, Digest::Sha256},         {"ARGON2ID", Kind::Argon2id, Digest::Sha256},
};

std::size_t digest_bytes(Digest digest) { return digest == Digest::Sha256 ? 32 : digest == Digest::Sha384 ? 48 : 64; }

bool is_hex(const std::string& text) { return text.find_first_not_of("0123456789abcdef") == std::string::npos; }

std::optional<Bytes> bytes_of_hex(const std::string& hex) {
  if (hex.size() % 2 != 0 || hex.size() / 2 > kMostSaltBytes || !is_hex(hex)) return std::nullopt;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  return bytes;
}

std::string hex_of(const Bytes& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : bytes) hex.append({kDigits[byte >> 4], kDigits[byte & 15]});
  return hex;
}

core::Error unreadable(const char* what) { return make_error(ErrorKind::Unsupported, what, "captcha challenge"); }
core::Error too_much(const char* what) { return make_error(ErrorKind::Full, what, "captcha challenge"); }

// Cost, memory and parallelism, within bounds.
core::Status read_work(const Json& parameters, Challenge& challenge) {
  const bool scrypt = challenge.kind == Kind::Scrypt, argon = challenge.kind == Kind::Argon2id;
  const std::int64_t cost = core::json_integer(parameters, "cost").value_or(1);
  const std::int64_t memory = core::json_integer(parameters, "memoryCost").value_or(scrypt ? 8 : 65'536);
  const std::int64_t parallelism = core::json_integer(parameters, "parallelism").value_or(1);
  if (cost < 1 || memory < 1 || parallelism < 1) return unreadable("its cost is none");
  if (parallelism > kMostParallelism) return too_much("it asks for too many threads");
  if (argon && (cost > kMostPasses || memory > kMostKibibytes)) return too_much("it asks for too much memory or time");
  if (scrypt && (memory > 64 || cost > kMostRounds || cost * memory * 128 > kMostKibibytes * 1024)) {
    return too_much("it asks for too much memory");
  }
  if (scrypt && (cost < 2 || (cost & (cost - 1)) != 0)) return unreadable("scrypt's cost is no power of two");
  if (cost > kMostRounds) return too_much("it asks for too many rounds");
  challenge.cost = static_cast<std::uint32_t>(cost);
  challenge.memory_cost = scrypt || argon ? static_cast<std::uint32_t>(memory) : 0;
  challenge.parallelism = static_cast<std::uint32_t>(parallelism);
  return {};
}

core::Status read_key(const Json& parameters, Challenge& challenge) {
  const std::int64_t length = core::json_integer(parameters, "keyLength").value_or(32);
  if (length < 1 || length > kMostKeyBytes) return too_much("its key is too long");
  challenge.key_length = static_cast<std::size_t>(length);
  // A digest gives no more than its own length.
  const std::size_t bytes = challenge.kind == Kind::Sha ? std::min(challenge.key_length, digest_bytes(challenge.digest))
                                                        : challenge.key_length;
  challenge.key_prefix = core::to_lower_ascii(core::json_text(parameters, "keyPrefix"));
  if (challenge.key_prefix.empty() || !is_hex(challenge.key_prefix)) return unreadable("its key prefix is not hex");
  if (challenge.key_prefix.size() > bytes * 2) return too_much("its key prefix is longer than the key");
  return {};
}

// How many tries it takes on average.
double expected_tries(const Challenge& challenge) {
  if (challenge.key_prefix.size() > 4) return static_cast<double>(kUsualTries);
  return std::pow(16.0, static_cast<double>(challenge.key_prefix.size()));
}

}  // namespace

Result<Challenge> parse_challenge(const Json& json) {
  const Json& parameters = core::json_object(json, "parameters");
  const std::string name = core::json_text(parameters, "algorithm");
  const auto* found = std::find_if(std::begin(kAlgorithms), std::end(kAlgorithms),
                                   [&](const Algorithm& each) { return each.name == name; });
  if (found == std::end(kAlgorithms)) return unreadable(parameters.empty() ? "no challenge" : "unknown algorithm");
  Challenge challenge;
  challenge.kind = found->kind;
  challenge.digest = found->digest;
  const auto nonce = bytes_of_hex(core::to_lower_ascii(core::json_text(parameters, "nonce")));
  const auto salt = bytes_of_hex(core::to_lower_ascii(core::json_text(parameters, "salt")));
  if (!nonce || !salt || nonce->empty()) return unreadable("its nonce or salt is not hex");
  challenge.nonce = *nonce;
  challenge.salt = *salt;
  KIOSK_CHECK(read_work(parameters, challenge));
  KIOSK_CHECK(read_key(parameters, challenge));
  const std::int64_t expires = core::json_integer(parameters, "expiresAt").value_or(0);
  if (expires > 0 && expires < 100'000'000'000) challenge.expires = core::Instant(std::chrono::seconds(expires));
  return challenge;
}

Result<Solution> solve(const Challenge& challenge, const SolveOptions& options, const core::Clock& clock,
                       const work::CancelToken& cancel) {
  const core::Milliseconds begun = clock.monotonic();
  const double expected = expected_tries(challenge);
  double told = -1;
  for (std::uint32_t counter = 0; counter < options.most_tries; counter++) {
    KIOSK_CHECK(cancel.check());
    if (clock.monotonic() - begun > options.longest) return too_much("not solved in the time that a resident waits");
    // The clocks of kiosk and server differ; one that seems to have expired from the start is tried all the same.
    if (counter > 0 && challenge.expires && clock.now() + kExpiryMargin > *challenge.expires &&
        clock.now() - (clock.monotonic() - begun) < *challenge.expires) {
      return make_error(ErrorKind::Refused, "it expired before it was solved", "captcha challenge");
    }
    KIOSK_TRY(const Bytes key, derive_key(challenge, counter));
    std::string hex = hex_of(key);
    if (hex.starts_with(challenge.key_prefix)) return Solution{counter, std::move(hex), clock.monotonic() - begun};
    const double share = 1 - std::exp(-static_cast<double>(counter) / expected);
    if (options.progress && share >= told + kLeastProgress) options.progress(told = share);
  }
  return too_much("not solved in as many tries as a kiosk makes");
}

std::string payload_of(const Json& challenge, const Solution& solution) {
  const Json whole{{"challenge", challenge},
                   {"solution",
                    {{"counter", solution.counter},
                     {"derivedKey", solution.derived_key},
                     {"time", std::max<std::int64_t>(solution.took.count(), 1)}}}};
  const std::string text = core::dump_json(whole);
  std::string out(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_URLSAFE), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    sodium_base64_VARIANT_URLSAFE);
  out.resize(out.size() - 1);  // its closing NUL
  return out;
}

}  // namespace kiosk::promises::altcha
