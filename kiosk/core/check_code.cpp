#include "kiosk/core/check_code.h"

#include <array>
#include <optional>

namespace kiosk::core {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Times x in GF(32) modulo x^5 + x^2 + 1, whose powers of x run through all 31 elements but zero: the weights of the
// eight places differ, so two characters that change places change the sum.
constexpr unsigned times_x(unsigned element) {
  const unsigned doubled = element << 1;
  return doubled & 0x20 ? (doubled ^ 0x25) : doubled;
}

// The sum that is zero for a whole code, and equals the check character for its first seven.
unsigned weighted_sum(std::string_view values) {
  unsigned sum = 0;
  for (const char value : values) sum = times_x(sum) ^ static_cast<unsigned char>(value);
  return sum;
}

std::optional<char> value_of(char typed) {
  if (typed >= 'a' && typed <= 'z') typed = static_cast<char>(typed - 'a' + 'A');
  if (typed == 'O') typed = '0';
  if (typed == 'I' || typed == 'L') typed = '1';
  const std::size_t at = kAlphabet.find(typed);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<char>(at);
}

bool separates(char typed) { return typed == ' ' || typed == '-' || typed == '\t' || typed == '\r' || typed == '\n'; }

}  // namespace

std::string make_check_code(const RandomBytes& random) {
  std::array<std::uint8_t, kCheckCodeLength - 1> bytes{};
  random(bytes.data(), bytes.size());
  std::string values;
  for (const std::uint8_t byte : bytes) values += static_cast<char>(byte & 31);
  values += static_cast<char>(times_x(weighted_sum(values)));
  for (char& value : values) value = kAlphabet[static_cast<unsigned char>(value)];
  return values;
}

Result<std::string> parse_check_code(std::string_view typed) {
  std::string values, code;
  for (const char character : typed) {
    if (separates(character)) continue;
    const std::optional<char> value = value_of(character);
    if (!value) return make_error(ErrorKind::Invalid, "code holds a character that no code has");
    if (values.size() == kCheckCodeLength) return make_error(ErrorKind::Invalid, "code is too long");
    values += *value;
    code += kAlphabet[static_cast<unsigned char>(*value)];
  }
  if (values.size() != kCheckCodeLength) return make_error(ErrorKind::Invalid, "code is too short");
  if (weighted_sum(values) != 0) return make_error(ErrorKind::Invalid, "code does not pass its check");
  return code;
}

std::string grouped_check_code(std::string_view code) {
  if (code.size() != kCheckCodeLength) return std::string(code);
  return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4));
}

}  // namespace kiosk::core
