// The ALTCHA service behind the appointment systems: challenges of a proof of work, checked as the real one does, and
// the tokens that come of it, each bound to the client's address.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "kiosk/core/json.h"

namespace kiosk::sandbox {

// Not thread-safe: its owner locks.
class CaptchaDesk {
 public:
  // {parameters, signature}: SHA-256 with `cost` rounds, a key that begins with "0"; it lapses after ten minutes.
  core::Json challenge(int cost, std::int64_t now_s);
  // Whether `payload` (base64, plain or URL-safe, of {challenge, solution}) solves a challenge of ours that has not
  // lapsed.
  bool is_solved(const std::string& payload, std::int64_t now_s) const;
  std::string mint(const std::string& client, std::int64_t expires_s);
  // "", captchaMissing, captchaInvalid or captchaExpired.
  std::string judge(const std::string& token, const std::string& client, std::int64_t now_s) const;
  void clear() { tokens_.clear(); }

 private:
  struct Token {
    std::string client;
    std::int64_t expires_s = 0;
  };
  std::map<std::string, Token> tokens_;
  std::uint64_t issued_ = 0;
};

}  // namespace kiosk::sandbox
