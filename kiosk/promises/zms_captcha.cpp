#include "kiosk/promises/zms_captcha.h"

#include "kiosk/core/log.h"
#include "kiosk/promises/altcha.h"
#include "kiosk/promises/zms_parse.h"

namespace kiosk::promises::zms {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using work::CancelToken;

constexpr std::chrono::seconds kTokenLife{300 - 30};  // the server's, and time for what is asked with it
constexpr std::size_t kLongestToken = 4096;

bool is_token(const std::string& text) {
  if (text.empty() || text.size() > kLongestToken) return false;
  for (const char c : text) {
    if (c <= ' ' || c > '~') return false;
  }
  return true;
}

}  // namespace

bool is_about_captcha(const core::Error& error) { return error.what.starts_with("captcha"); }

Result<std::string> parse_captcha_token(const Json& json) {
  const Json& meta = core::json_object(json, "meta");
  if (!meta.contains("success")) return make_error(ErrorKind::Unsupported, "answer holds no meta", "captcha-verify");
  const bool valid = core::json_bool(core::json_object(json, "data"), "valid").value_or(true);
  if (!core::json_bool(meta, "success").value_or(false) || !valid) {
    return make_error(ErrorKind::Refused, "captchaVerificationFailed", "captcha-verify");
  }
  const std::string token = core::json_text(json, "token");
  if (!is_token(token)) return make_error(ErrorKind::Unsupported, "answer holds no token", "captcha-verify");
  return token;
}

Result<bool> Captcha::is_on(Weight weight, const CancelToken& cancel) {
  if (on_ && clock_.monotonic() - on_read_ < options_.master_data_life) return *on_;
  KIOSK_TRY(const Json details, line_.get("/captcha-details", {}, weight, cancel));
  on_ = core::json_bool(details, "captchaEnabled").value_or(true);
  on_read_ = clock_.monotonic();
  return *on_;
}

Result<std::string> Captcha::token(Weight weight, const CancelToken& cancel) {
  if (!token_.empty() && clock_.monotonic() < holds_until_) return token_;
  KIOSK_TRY(const bool on, is_on(weight, cancel));
  if (!on) return std::string();
  return fetch(weight, cancel);
}

Result<std::string> Captcha::fetch(Weight weight, const CancelToken& cancel) {
  KIOSK_TRY(const Json json, line_.get("/captcha-challenge", {}, weight, cancel));
  KIOSK_TRY(const altcha::Challenge challenge, altcha::parse_challenge(json));
  altcha::SolveOptions how;
  how.progress = options_.progress;
  KIOSK_TRY(const altcha::Solution solution, altcha::solve(challenge, how, clock_, cancel));
  if (options_.progress) options_.progress(1);
  core::log_info("zms.captcha_solved", {{"system", options_.id},
                                        {"tries", static_cast<std::int64_t>(solution.counter) + 1},
                                        {"ms", solution.took.count()}});
  const core::Milliseconds asked = clock_.monotonic();
  const std::string payload = altcha::payload_of(json, solution);
  KIOSK_TRY(const Json reply, line_.post("/captcha-verify", object_of({{"payload", payload}}), weight, cancel));
  KIOSK_TRY(token_, parse_captcha_token(reply));
  holds_until_ = asked + kTokenLife;
  return token_;
}

void Captcha::take_from(const Json& process) {
  std::string token = core::json_text(process, "captchaToken");
  if (!is_token(token)) return;
  token_ = std::move(token);
  holds_until_ = clock_.monotonic() + kTokenLife;
}

void Captcha::drop() {
  token_.clear();
  on_ = true;
  on_read_ = clock_.monotonic();
}

}  // namespace kiosk::promises::zms
