#include "kiosk/promises/open311_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "kiosk/core/strings.h"
#include "kiosk/net/url.h"

namespace kiosk::promises::open311 {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Status;

constexpr std::size_t kLongestDescription = 4'000;  // code points: the specification's limit
constexpr std::size_t kLongestLine = 1'000;
// First in the description, where no server that keeps less of it than it should would cut it off.
constexpr std::string_view kLabel = "Reference: ";
constexpr std::string_view kAfterReference = "\n\n";

enum class Lines { One, Many };

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool has_control(std::string_view text, Lines lines) {
  for (std::size_t at = 0; at < text.size(); at++) {
    const bool allowed = text[at] == '\t' || (lines == Lines::Many && text[at] == '\n');
    if (is_control(text[at]) && !allowed) return true;
    // U+0080 to U+009F.
    const bool c1 = text[at] == '\xC2' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (c1) return true;
  }
  return false;
}

Status check_text(const std::string& field, std::string_view text, Lines lines, std::size_t most) {
  if (!core::is_valid_utf8(text)) return make_error(ErrorKind::Invalid, "it is not readable text", field);
  if (has_control(core::trim(text), lines)) {
    return make_error(ErrorKind::Invalid, "it holds characters that cannot be sent", field);
  }
  if (core::count_code_points(core::trim(text)) > most) {
    return make_error(ErrorKind::Invalid, "it is longer than " + std::to_string(most) + " characters", field);
  }
  return {};
}

const ReportQuestion* question_of(const std::vector<ReportQuestion>& questions, const std::string& code) {
  const auto found = std::find_if(questions.begin(), questions.end(),
                                  [&](const ReportQuestion& question) { return question.code == code; });
  return found == questions.end() ? nullptr : &*found;
}

std::string attribute_name(const std::string& code) { return "attribute[" + code + "]"; }

Status check_reply(const ReportContent::Reply& reply, const ReportQuestion* question) {
  const bool one_line = question && question->kind != ReportQuestion::Kind::Paragraph;
  const std::string field = attribute_name(reply.code);
  KIOSK_CHECK(check_text(field, reply.code, Lines::One, kLongestLine));
  for (const core::SecretText& value : reply.values) {
    KIOSK_CHECK(check_text(field, value.reveal(), one_line ? Lines::One : Lines::Many,
                           one_line ? kLongestLine : kLongestDescription));
  }
  return {};
}

Status check_place(const ReportPlace& place) {
  KIOSK_CHECK(check_text("address", place.words.reveal(), Lines::Many, kLongestLine));
  if (!place.point) {
    if (!core::trim(place.words.reveal()).empty()) return {};
    return make_error(ErrorKind::Invalid, "neither words nor a point say where it is", "address");
  }
  // Written so that what is no number is refused too.
  const bool on_earth = std::abs(place.point->latitude) <= 90 && std::abs(place.point->longitude) <= 180;
  if (!on_earth) return make_error(ErrorKind::Invalid, "the point is not on the earth", "address");
  return {};
}

// A field of the form: its value is its pieces in a row, so that none has to be put together first.
struct Field {
  std::string name;
  std::vector<std::string_view> pieces;
};

class Form {
 public:
  void add(std::string name, std::string_view value) {
    const std::string_view text = core::trim(value);
    if (!text.empty()) fields_.push_back({std::move(name), {text}});
  }
  void add_pieces(std::string name, std::vector<std::string_view> pieces) {
    fields_.push_back({std::move(name), std::move(pieces)});
  }
  core::SecretText encoded() const {
    std::size_t most = 1;
    for (const Field& field : fields_) {
      most += field.name.size() * 3 + 2;
      for (const std::string_view piece : field.pieces) most += piece.size() * 3;
    }
    std::string out;
    out.reserve(most);  // so that no copy is left behind by growing
    for (const Field& field : fields_) {
      if (!out.empty()) out += '&';
      net::append_url_encoded(out, field.name);
      out += '=';
      for (const std::string_view piece : field.pieces) net::append_url_encoded(out, piece);
    }
    core::SecretText secret{std::string_view(out)};
    core::wipe(out);
    return secret;
  }

 private:
  std::vector<Field> fields_;
};

// Degrees to a ten-millionth (a centimetre), in digits that no locale changes.
std::string degrees(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 7);
  return {digits.data(), end.ptr};
}

// "Ana Maria Lopez": first "Ana Maria", last "Lopez". One word alone is the last name, which systems ask for.
void add_name(Form& form, std::string_view name) {
  const std::string_view whole = core::trim(name);
  const std::size_t space = whole.find_last_of(" \t");
  if (space == std::string_view::npos) {
    form.add("last_name", whole);
    return;
  }
  form.add("first_name", whole.substr(0, space));
  form.add("last_name", whole.substr(space + 1));
}

void add_reply(Form& form, const ReportContent::Reply& reply, const ReportQuestion* question, ManyValues many_values) {
  if (question && question->kind == ReportQuestion::Kind::Notice) return;
  const bool many = question ? question->kind == ReportQuestion::Kind::ManyOf : reply.values.size() > 1;
  const bool brackets = many && many_values == ManyValues::Brackets;
  for (const core::SecretText& value : reply.values) {
    form.add(attribute_name(reply.code) + (brackets ? "[]" : ""), value.reveal());
  }
}

}  // namespace

Status check_content(const Report& report, const ReportContent& content, const std::vector<ReportQuestion>& questions) {
  const std::size_t ours = kLabel.size() + kAfterReference.size() + report.reference.size();
  if (report.reference.empty() || ours > kLongestLine) {
    return make_error(ErrorKind::Invalid, "there is none to find it again by", "reference");
  }
  KIOSK_CHECK(check_text("reference", report.reference, Lines::One, kLongestLine));
  KIOSK_CHECK(check_place(content.place));
  KIOSK_CHECK(check_text("description", content.description.reveal(), Lines::Many, kLongestDescription - ours));
  KIOSK_CHECK(check_text("name", content.name.reveal(), Lines::One, kLongestLine));
  KIOSK_CHECK(check_text("email", content.email.reveal(), Lines::One, kLongestLine));
  KIOSK_CHECK(check_text("telephone", content.telephone.reveal(), Lines::One, kLongestLine));
  for (const ReportContent::Reply& reply : content.replies) {
    KIOSK_CHECK(check_reply(reply, question_of(questions, reply.code)));
  }
  return {};
}

core::SecretText form_of(const Report& report, const ReportContent& content,
                         const std::vector<ReportQuestion>& questions, const FormSender& sender) {
  Form form;
  form.add("api_key", sender.api_key.reveal());
  form.add("jurisdiction_id", sender.jurisdiction_id);
  form.add("service_code", report.target.type_code);
  const std::string latitude = content.place.point ? degrees(content.place.point->latitude) : std::string();
  const std::string longitude = content.place.point ? degrees(content.place.point->longitude) : std::string();
  form.add("lat", latitude);
  form.add("long", longitude);
  form.add("address_string", content.place.words.reveal());
  const std::string_view email = core::trim(content.email.reveal());
  form.add("email", email.empty() ? std::string_view(sender.fallback_email) : email);
  add_name(form, content.name.reveal());
  form.add("phone", content.telephone.reveal());
  form.add_pieces("description", {kLabel, report.reference, kAfterReference, core::trim(content.description.reveal())});
  for (const ReportContent::Reply& reply : content.replies) {
    add_reply(form, reply, question_of(questions, reply.code), sender.many_values);
  }
  return form.encoded();
}

bool carries_reference(std::string_view description, std::string_view reference) {
  const auto belongs = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  };
  if (reference.empty()) return false;
  for (std::size_t at = description.find(reference); at != std::string_view::npos;
       at = description.find(reference, at + 1)) {
    const std::size_t end = at + reference.size();
    const bool begins = at == 0 || !belongs(description[at - 1]);
    if (begins && (end == description.size() || !belongs(description[end]))) return true;
  }
  return false;
}

std::string_view without_reference(std::string_view description) {
  if (!description.starts_with(kLabel)) return description;
  const std::size_t end = description.find_first_of(" \n", kLabel.size());
  return end == std::string_view::npos ? std::string_view() : core::trim(description.substr(end));
}

}  // namespace kiosk::promises::open311
