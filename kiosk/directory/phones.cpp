// Telephone numbers out of the texts that stand where numbers should.
#include <algorithm>
#include <cctype>

#include "kiosk/core/strings.h"
#include "kiosk/directory/fields.h"
#include "kiosk/directory/html_text.h"

namespace kiosk::directory {

namespace {

using core::Json;

constexpr std::size_t kMaxPhoneText = 400;
constexpr std::size_t kMaxPhones = 20;
constexpr std::size_t kMaxFound = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_number_part(char c) { return is_digit(c) || c == ' ' || c == '-' || c == '(' || c == ')' || c == '.'; }

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  // +44 and 0 begin the same number.
  if (digits.size() > 10 && digits.compare(0, 2, "44") == 0) digits = "0" + digits.substr(digits[2] == '0' ? 3 : 2);
  return digits;
}

struct Span {
  std::size_t begin = 0, end = 0;
};

// The next run that reads as a number: begins with +, ( or a digit, holds at least three digits and at most 15
// (ITU-T E.164), and is not part of a word such as "B12" or "24hr".
std::optional<Span> next_number(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool starts =
        is_digit(text[i]) || ((text[i] == '+' || text[i] == '(') && i + 1 < text.size() && is_digit(text[i + 1]));
    if (!starts || (i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])))) continue;
    std::size_t end = i + 1;
    while (end < text.size() && is_number_part(text[end])) ++end;
    while (end > i && !is_digit(text[end - 1]) && text[end - 1] != ')') --end;
    const auto count = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(i),
                                     text.begin() + static_cast<std::ptrdiff_t>(end), is_digit);
    const bool whole = end >= text.size() || !std::isalnum(static_cast<unsigned char>(text[end]));
    if (count >= 3 && count <= 15 && whole) return Span{i, end};
    i = end;
  }
  return std::nullopt;
}

// Marks around a text; a closing bracket goes with its opening one.
std::string_view trim_punctuation(std::string_view text) {
  constexpr std::string_view kMarks = " \t\n:;,-/|.([\"'";
  const std::size_t begin = text.find_first_not_of(" \t\n:;,-/|.([)]\"'");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(kMarks) - begin + 1);
  if (text.back() == ')' && text.find('(') == std::string_view::npos) text.remove_suffix(1);
  return text;
}

// "or", "Tel" and the like say nothing about what a number is for.
bool is_phone_word(std::string_view text) {
  for (const char* word : {"or", "and", "tel", "telephone", "phone", "tel no", "number", "call", "t", "p", "on"}) {
    if (is_word(text, word)) return true;
  }
  return false;
}

std::string description_of(std::string_view text) {
  const std::string_view trimmed = trim_punctuation(text);
  return is_phone_word(trimmed) ? std::string() : std::string(trimmed);
}

// "ext 12", "x12" or "extension 12" right behind a number.
std::string take_extension(std::string_view& rest) {
  const std::string lower = core::to_lower_ascii(rest);
  std::size_t at = lower.find_first_not_of(" ,(");
  if (at == std::string::npos) return {};
  for (const char* word : {"extension", "extn", "ext", "x"}) {
    const std::string_view prefix(word);
    if (lower.compare(at, prefix.size(), prefix) != 0) continue;
    std::size_t begin = lower.find_first_not_of(" .:", at + prefix.size());
    std::size_t end = begin;
    while (end < lower.size() && is_digit(lower[end])) ++end;
    if (begin == std::string::npos || end == begin || end - begin > 8) return {};
    const std::string extension = lower.substr(begin, end - begin);
    rest.remove_prefix(end);
    return extension;
  }
  return {};
}

void add_languages(const Json& object, Phone& phone) {
  each_object(core::json_array(object, "languages"), [&](const Json& language) {
    const std::string code = language_code(line_of(language, {"code", "name", "language"}));
    if (!code.empty()) phone.languages.push_back(code);
  });
  for (const std::string& language : core::split(core::json_text(object, "language"), ',')) {
    phone.languages.push_back(language_code(language));
  }
}

}  // namespace

std::vector<Phone> read_phone_text(std::string_view raw) {
  const std::string cleaned = html_to_line(raw.substr(0, kMaxPhoneText));
  std::string_view rest = cleaned;
  std::vector<Phone> phones;
  while (phones.size() < kMaxPhones) {
    const std::optional<Span> number = next_number(rest, 0);
    if (!number) break;
    Phone phone;
    phone.number = std::string(rest.substr(number->begin, number->end - number->begin));
    phone.description = description_of(rest.substr(0, number->begin));
    rest.remove_prefix(number->end);
    phone.extension = take_extension(rest);
    phones.push_back(std::move(phone));
  }
  // Words behind the last number belong to it: "0117 332 7111 (Monday to Friday)".
  if (!phones.empty() && phones.back().description.empty()) phones.back().description = description_of(rest);
  return phones;
}

std::vector<Phone> find_phones(std::string_view text) {
  std::vector<Phone> phones;
  std::size_t from = 0;
  while (phones.size() < kMaxFound) {
    const std::optional<Span> number = next_number(text, from);
    if (!number) break;
    from = number->end;
    Phone phone;
    phone.number = std::string(text.substr(number->begin, number->end - number->begin));
    const std::string digits = digits_of(phone.number);
    // Ofcom: geographic, mobile and service numbers have 10 or 11 digits with the leading 0, and 00 goes abroad.
    if ((digits.size() == 10 || digits.size() == 11) && digits[0] == '0' && digits[1] != '0')
      add_phone(std::move(phone), phones);
  }
  return phones;
}

void add_phone(Phone phone, std::vector<Phone>& phones) {
  const std::string digits = digits_of(phone.number);
  for (Phone& known : phones) {
    if (digits_of(known.number) != digits || known.extension != phone.extension) continue;
    if (known.description.empty()) known.description = std::move(phone.description);
    return;
  }
  if (phones.size() < kMaxPhones) phones.push_back(std::move(phone));
}

void add_phones(const Json& list, std::vector<Phone>& phones) {
  each_object(list, [&](const Json& object) {
    for (Phone& phone : read_phone_text(core::json_text(object, "number"))) {
      const std::string extension = line_of(object, "extension");
      if (phone.extension.empty()) phone.extension = extension;
      const std::string description = text_of(object, "description");
      if (!description.empty()) {
        phone.description = phone.description.empty() ? description : phone.description + ": " + description;
      }
      add_languages(object, phone);
      add_phone(std::move(phone), phones);
    }
  });
}

void add_contact_phones(const Json& contacts, std::vector<Phone>& phones) {
  each_object(contacts, [&](const Json& contact) {
    add_phones(core::json_array(contact, "phones"), phones);
    // Outpost keeps one number in the contact itself.
    for (Phone& phone : read_phone_text(core::json_text(contact, "phone"))) add_phone(std::move(phone), phones);
  });
}

}  // namespace kiosk::directory
