// The token that offices with a captcha ask for: fetched by solving an ALTCHA challenge, kept while it lasts. Private
// to promises.
#pragma once

#include <optional>

#include "kiosk/promises/zms_line.h"

namespace kiosk::promises::zms {

// Same thread rules as its line. A token holds for the address that the kiosk seems to come from: when the line fails
// over to another, the server says captchaInvalid, and the token is fetched anew.
class Captcha {
 public:
  Captcha(Line& line, const core::Clock& clock, const ZmsOptions& options)
      : line_(line), clock_(clock), options_(options) {}

  // A token that should hold, solving a challenge where there is none; blocks for the work (altcha.h). "" where the
  // server says that its captcha is switched off. Errors: those of the line, of altcha::parse_challenge() and solve();
  // Refused: the server didn't take the solution.
  core::Result<std::string> token(Weight weight, const work::CancelToken& cancel);
  // Answers to /confirm-appointment/ and /appointment/ bring a new one.
  void take_from(const core::Json& process);
  // The server asked for another one; from here on it is fetched whatever the captcha's details say.
  void drop();

 private:
  core::Result<std::string> fetch(Weight weight, const work::CancelToken& cancel);
  core::Result<bool> is_on(Weight weight, const work::CancelToken& cancel);

  Line& line_;
  const core::Clock& clock_;
  const ZmsOptions& options_;
  std::string token_;
  core::Milliseconds holds_until_{};  // monotonic
  std::optional<bool> on_;
  core::Milliseconds on_read_{};
};

// Whether the refusal is about the token (captchaMissing, captchaInvalid, captchaExpired …): nothing took effect.
bool is_about_captcha(const core::Error& error);

// The reply to POST /captcha-verify/, always of status 200. Refused: the solution was not taken.
core::Result<std::string> parse_captcha_token(const core::Json& json);

}  // namespace kiosk::promises::zms
