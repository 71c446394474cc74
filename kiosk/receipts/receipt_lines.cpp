#include <algorithm>

#include "kiosk/core/check_code.h"
#include "kiosk/core/pause.h"
#include "kiosk/core/strings.h"
#include "kiosk/receipts/receipt.h"

namespace kiosk::receipts {

namespace {

using Role = ReceiptLine::Role;

constexpr std::size_t kMaxTextBytes = 600;
constexpr std::size_t kMaxItems = 12;
constexpr std::size_t kMaxAllBytes = 3000;
constexpr std::size_t kMaxEssentialBytes = 200;

std::string heading_key(const Receipt& receipt) {
  const bool request = receipt.call_back;
  switch (receipt.kind) {
    case Kind::Appointment:
      return "receipt.heading.appointment";
    case Kind::AppointmentMoved:
      return "receipt.heading.moved";
    case Kind::AppointmentCancelled:
      return "receipt.heading.cancelled";
    case Kind::AppointmentNotBooked:
      return "receipt.heading.not_booked";
    case Kind::AppointmentNotKnown:
      return "receipt.heading.not_known";
    case Kind::ServiceInformation:
      return "receipt.heading.service";
    case Kind::ReportSent:
      return request ? "receipt.heading.request_sent" : "receipt.heading.report_sent";
    case Kind::NotYetSent:
      return request ? "receipt.heading.request_not_yet_sent" : "receipt.heading.not_yet_sent";
    case Kind::ReportNotKnown:
      return request ? "receipt.heading.request_not_known" : "receipt.heading.report_not_known";
    case Kind::ReportRefused:
      return request ? "receipt.heading.request_refused" : "receipt.heading.report_refused";
    case Kind::ReportNotSent:
      return request ? "receipt.heading.request_not_sent" : "receipt.heading.report_not_sent";
    case Kind::TestPage:
      return "receipt.heading.test";
  }
  return "receipt.heading.service";
}

std::string qr_caption_key(const Receipt& receipt) {
  const Kind kind = receipt.kind;
  const bool can_manage = kind == Kind::Appointment || kind == Kind::AppointmentMoved;
  if (can_manage) return "receipt.qr_caption.manage";
  const bool can_follow = kind == Kind::ReportSent || kind == Kind::NotYetSent || kind == Kind::ReportNotKnown;
  if (!can_follow) return "receipt.qr_caption.read";
  return receipt.call_back ? "receipt.qr_caption.follow_request" : "receipt.qr_caption.follow";
}

class LineWriter {
 public:
  LineWriter(const Receipt& receipt, const text::Language& language)
      : receipt_(receipt), language_(language), room_(kMaxAllBytes - bytes_of_essentials()) {}

  std::vector<ReceiptLine> write() {
    what();
    when();
    where();
    list("receipt.bring", receipt_.bring);
    list("receipt.facts", receipt_.facts);
    labelled("receipt.reference", Role::Code, essential(receipt_.reference));
    list("receipt.what_next", receipt_.what_next);
    call();
    code();
    if (!receipt_.link.empty()) word(Role::QrCaption, qr_caption_key(receipt_));
    note();
    return std::move(lines_);
  }

 private:
  void word(Role role, const std::string& key, const text::Args& args = {}) {
    lines_.push_back({role, language_.format(key, args)});
  }

  // What paper is kept for: none of it goes because a text above it is long.
  std::size_t bytes_of_essentials() const {
    const auto bytes = [](std::string_view text) { return std::min(text.size(), kMaxEssentialBytes); };
    return bytes(receipt_.reference) + bytes(receipt_.call) + bytes(receipt_.call_hours) + bytes(receipt_.issued_by) +
           bytes(core::grouped_check_code(receipt_.code));
  }

  // Text from outside: one line, harmless, in its own direction. Empty where the receipt has no room left.
  std::string shown(std::string_view outside) {
    std::string text = shown_within(outside, std::min(kMaxTextBytes, room_));
    room_ -= std::min(room_, text.size());
    return text;
  }

  std::string shown_within(std::string_view outside, std::size_t most_bytes) const {
    std::string text = text::clean_outside_text(outside, kMaxTextBytes);
    std::replace(text.begin(), text.end(), '\n', ' ');
    text = core::trim(text);
    const bool cut = text.size() > most_bytes || outside.size() > kMaxTextBytes;
    text.resize(core::truncate_utf8(text, most_bytes).size());
    if (text.empty()) return text;
    if (cut) text += core::kEllipsis;
    const bool mixed = language_.direction() == text::Direction::RightToLeft || text::has_right_to_left(text);
    return mixed ? text::isolate(text) : text;
  }

  // Of what room is kept for.
  std::string essential(std::string_view outside) const { return shown_within(outside, kMaxEssentialBytes); }

  void add(Role role, std::string line) {
    if (!line.empty()) lines_.push_back({role, std::move(line)});
  }

  void outside(Role role, std::string_view text) { add(role, shown(text)); }

  // A label is only there with something below it.
  void labelled(const char* key, Role role, std::string line) {
    if (line.empty()) return;
    word(Role::Label, key);
    add(role, std::move(line));
  }

  void list(const char* key, const std::vector<std::string>& items) {
    const std::size_t before = lines_.size();
    word(Role::Label, key);
    append(items, items.size() > 1 ? Role::Item : Role::Text);
    if (lines_.size() == before + 1) lines_.pop_back();
  }

  void append(const std::vector<std::string>& items, Role role, std::size_t most = kMaxItems) {
    for (std::size_t i = 0; i < std::min(items.size(), most); ++i) outside(role, items[i]);
  }

  void what() {
    if (receipt_.copy > 1) word(Role::Copy, "receipt.copy", {{"number", receipt_.copy}});
    word(Role::Heading, heading_key(receipt_));
    if (receipt_.kind == Kind::NotYetSent)
      word(Role::Text, receipt_.call_back ? "receipt.request_not_yet_sent" : "receipt.not_yet_sent");
    if (receipt_.kind == Kind::AppointmentNotKnown) word(Role::Text, "receipt.not_known");
    if (receipt_.kind == Kind::AppointmentMoved) word(Role::Text, "receipt.moved");
    for (std::size_t i = 0; i < std::min(receipt_.happened.size(), kMaxItems); ++i)
      outside(i == 0 && receipt_.happened.size() > 1 ? Role::Lead : Role::Text, receipt_.happened[i]);
    outside(Role::Title, receipt_.title);
    outside(Role::Provider, receipt_.provider);
  }

  void when() {
    if (!receipt_.starts && receipt_.times.empty()) return;
    const std::size_t before = lines_.size();
    word(Role::Label, receipt_.starts ? "receipt.when" : "receipt.hours");
    if (receipt_.starts) {
      lines_.push_back({Role::Important, language_.full_date(*receipt_.starts)});
      lines_.push_back({Role::Important, language_.time_of_day(*receipt_.starts)});
      if (receipt_.length && receipt_.length->count() > 0) {
        word(Role::Text, "receipt.length", {{"duration", language_.duration(*receipt_.length)}});
      }
    }
    for (std::size_t i = 0; i < std::min(receipt_.times.size(), kMostTimesLines); ++i) {
      outside(Role::Lead, receipt_.times[i].of_what);
      append(receipt_.times[i].lines, Role::Text, kMostTimesLines);
    }
    if (lines_.size() == before + 1) lines_.pop_back();
  }

  void where() {
    const std::size_t before = lines_.size();
    word(Role::Label, "receipt.where");
    outside(Role::Important, receipt_.where.name);
    append(receipt_.where.address, Role::Text);
    if (lines_.size() == before + 1) lines_.pop_back();
    labelled("receipt.getting_there", Role::Text, shown(receipt_.where.how_to_get_there));
  }

  void call() {
    const std::size_t before = lines_.size();
    labelled("receipt.call", Role::Phone, essential(receipt_.call));
    if (lines_.size() > before) add(Role::Text, essential(receipt_.call_hours));
  }

  void code() {
    const std::size_t before = lines_.size();
    labelled("receipt.code", Role::Code, essential(core::grouped_check_code(receipt_.code)));
    if (lines_.size() > before)
      word(Role::Text, receipt_.reference.empty() ? "receipt.code_help_alone" : "receipt.code_help");
  }

  void note() {
    if (receipt_.checked) word(Role::Note, "receipt.checked", {{"at", *receipt_.checked}});
    const std::string place = essential(receipt_.issued_by);
    if (place.empty()) {
      word(Role::Note, "receipt.issued", {{"at", receipt_.issued_at}});
    } else {
      word(Role::Note, "receipt.issued_at_place", {{"at", receipt_.issued_at}, {"place", place}});
    }
  }

  const Receipt& receipt_;
  const text::Language& language_;
  std::vector<ReceiptLine> lines_;
  std::size_t room_;  // bytes left for texts from outside
};

}  // namespace

std::vector<ReceiptLine> receipt_lines(const Receipt& receipt, const text::Language& language) {
  return LineWriter(receipt, language).write();
}

std::string spoken_code(std::string_view code) {
  std::string result;
  bool pause = false;
  const std::string clean = text::without_bidi_controls(code);
  for (std::size_t i = 0; i < clean.size();) {
    std::size_t length = 1;
    while (i + length < clean.size() && (clean[i + length] & 0xC0) == 0x80) ++length;
    const std::string_view character = std::string_view(clean).substr(i, length);
    i += length;
    if (character == " " || character == "-" || character == "\u2011" || character == "\u00A0") {
      pause = true;
      continue;
    }
    if (!result.empty()) result += pause ? "; " : ", ";
    pause = false;
    result += character;
  }
  return result;
}

}  // namespace kiosk::receipts
