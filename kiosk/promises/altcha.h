// The proof of work of ALTCHA v2: for counter = 0, 1, 2 … a key is derived from nonce and counter, until one begins
// with the bytes that the challenge asks for. No puzzle for a human; a few hundred tries as servers set it. Pure but
// for the clock. Protocol: altcha.org, as altcha-lib 2.8 has it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "kiosk/work/cancel.h"

namespace kiosk::promises::altcha {

enum class Kind { Sha, Pbkdf2, Scrypt, Argon2id };
enum class Digest { Sha256, Sha384, Sha512 };

struct Challenge {
  Kind kind = Kind::Sha;
  Digest digest = Digest::Sha256;         // of Sha and Pbkdf2
  std::vector<std::uint8_t> nonce, salt;  // at most 256 bytes each
  std::uint32_t cost = 1;                 // rounds; N of scrypt; passes of Argon2id
  std::uint32_t memory_cost = 0;          // scrypt: block size r; Argon2id: KiB
  std::uint32_t parallelism = 1;
  std::size_t key_length = 32;  // bytes
  std::string key_prefix;       // lower-case hex digits, at most twice key_length
  std::optional<core::Instant> expires;
};

// Of GET /captcha-challenge/. Unsupported: another algorithm, or no challenge. Full: beyond what a kiosk does for
// anybody (bounds at kMost… in altcha.cpp), so that a hostile or broken server can't have it work for ever.
core::Result<Challenge> parse_challenge(const core::Json& json);

// One derivation: key_length bytes. Unsupported: this machine's libraries can't. Interrupting it is not possible: the
// bounds keep it within about a second.
core::Result<std::vector<std::uint8_t>> derive_key(const Challenge& challenge, std::uint32_t counter);

struct Solution {
  std::uint32_t counter = 0;
  std::string derived_key;  // lower-case hex
  core::Milliseconds took{};
};

struct SolveOptions {
  core::Milliseconds longest{30'000};     // then Full
  std::uint32_t most_tries = 10'000'000;  // then Full
  // How likely it was to be done by now: 0 .. below 1, growing by 0.01 or more.
  std::function<void(double)> progress = {};
};

// Blocking: for a worker. Errors: Cancelled; Full: too much work; Refused: the challenge expires before it is solved.
core::Result<Solution> solve(const Challenge& challenge, const SolveOptions& options, const core::Clock& clock,
                             const work::CancelToken& cancel);

// What POST /captcha-verify/ wants as `payload`: base64 (URL-safe, padded) of challenge, as received, and solution.
std::string payload_of(const core::Json& challenge, const Solution& solution);

}  // namespace kiosk::promises::altcha
