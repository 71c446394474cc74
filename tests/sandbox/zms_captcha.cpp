#include "tests/sandbox/zms_captcha.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <vector>

#include "tests/sandbox/zms_context.h"

namespace kiosk::sandbox {
namespace {

using core::Json;

constexpr std::string_view kSecret = "a secret of the sandbox";
constexpr std::int64_t kChallengeLife = 600;

std::string hex_of(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.append({kHex[byte >> 4], kHex[byte & 15]});
  }
  return hex;
}

std::string bytes_of(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

std::string sha256(const std::string& data) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(data.data(), data.size(), out, &size, EVP_sha256(), nullptr);
  return std::string(reinterpret_cast<const char*>(out), size);
}

std::string sign(const Json& parameters) {
  const std::string text = core::dump_json(parameters);  // members in alphabetical order
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, &size);
  return hex_of({reinterpret_cast<const char*>(out), size});
}

std::string base64_decoded(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text += '=';
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  out.resize(static_cast<std::size_t>(size) - std::min(padding, static_cast<std::size_t>(size)));
  return out;
}

std::string key_of(const Json& parameters, std::int64_t counter) {
  std::string data = bytes_of(core::json_text(parameters, "salt")) + bytes_of(core::json_text(parameters, "nonce"));
  for (const int shift : {24, 16, 8, 0}) data += static_cast<char>(counter >> shift);
  for (std::int64_t i = 0; i < core::json_integer(parameters, "cost").value_or(1); ++i) data = sha256(data);
  return hex_of(data);
}

}  // namespace

Json CaptchaDesk::challenge(int cost, std::int64_t now_s) {
  const std::string chance = std::to_string(++issued_) + "/" + std::to_string(now_s);
  Json parameters{{"algorithm", "SHA-256"},
                  {"nonce", hex_of(sha256("nonce" + chance)).substr(0, 32)},
                  {"salt", hex_of(sha256("salt" + chance)).substr(0, 24)},
                  {"cost", std::max(cost, 1)},
                  {"keyLength", 32},
                  {"keyPrefix", "0"},
                  {"keySignature", nullptr},
                  {"memoryCost", nullptr},
                  {"parallelism", nullptr},
                  {"expiresAt", now_s + kChallengeLife},
                  {"data", nullptr}};
  const std::string signature = sign(parameters);
  return {{"parameters", std::move(parameters)}, {"signature", signature}};
}

bool CaptchaDesk::is_solved(const std::string& payload, std::int64_t now_s) const {
  const auto json = core::parse_json(base64_decoded(payload), "payload");
  if (!json || !json->is_object()) return false;
  const Json& challenge = core::json_object(*json, "challenge");
  const Json& parameters = core::json_object(challenge, "parameters");
  const Json& solution = core::json_object(*json, "solution");
  if (core::json_text(challenge, "signature") != sign(parameters)) return false;
  if (core::json_integer(parameters, "expiresAt").value_or(0) < now_s) return false;
  const std::string key = key_of(parameters, core::json_integer(solution, "counter").value_or(-1));
  return key.starts_with(core::json_text(parameters, "keyPrefix")) && key == core::json_text(solution, "derivedKey");
}

std::string CaptchaDesk::mint(const std::string& client, std::int64_t expires_s) {
  std::string token = "sandbox." + hex_of(sha256("token" + std::to_string(++issued_) + client)) + ".signature";
  tokens_[token] = {client, expires_s};
  return token;
}

std::string CaptchaDesk::judge(const std::string& token, const std::string& client, std::int64_t now_s) const {
  if (token.empty()) return "captchaMissing";
  const auto found = tokens_.find(token);
  if (found == tokens_.end() || found->second.client != client) return "captchaInvalid";
  return now_s < found->second.expires_s ? "" : "captchaExpired";
}

Answer ZmsApi::captcha_details(Context& context) {
  return Answer::json({{"siteKey", "sandbox"},
                       {"captchaChallenge", "https://captcha.example.test/challenge"},
                       {"captchaVerify", "https://captcha.example.test/verify"},
                       {"captchaEnabled", context.behaviour.captcha}});
}

Answer ZmsApi::captcha_challenge(Context& context) {
  return Answer::json(captcha_.challenge(context.behaviour.captcha_cost, context.now_s));
}

// Always 200: what it says is in `meta`.
Answer ZmsApi::captcha_verify(Context& context) {
  const bool solved = captcha_.is_solved(core::json_text(context.body, "payload"), context.now_s);
  ledger_.effect(solved ? "captcha_solved" : "captcha_failed", {{"authority", context.authority.id}});
  if (!solved)
    return Answer::json(
        {{"meta", {{"success", false}, {"error", "Sandbox: no solution."}}}, {"data", {{"valid", false}}}});
  const std::string token = captcha_.mint(context.client, context.now_s + context.behaviour.captcha_life_s);
  return Answer::json({{"meta", {{"success", true}}}, {"data", {{"valid", true}}}, {"token", token}});
}

}  // namespace kiosk::sandbox
