#include <algorithm>

#include "kiosk/core/check_code.h"
#include "kiosk/core/strings.h"
#include "kiosk/receipts/receipt.h"

namespace kiosk::receipts {

namespace {

using Role = ReceiptLine::Role;

constexpr std::size_t kMaxTextBytes = 600;
constexpr std::size_t kMaxItems = 12;
constexpr std::size_t kMaxAllBytes = 3000;
constexpr std::string_view kEllipsis = "\u2026";

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
  LineWriter(const Receipt& receipt, const text::Language& language) : receipt_(receipt), language_(language) {}

  std::vector<ReceiptLine> write() {
    what();
    when();
    where();
    list("receipt.bring", receipt_.bring);
    list("receipt.facts", receipt_.facts);
    labelled("receipt.reference", Role::Code, receipt_.reference);
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

  // Text from outside: one line, harmless, in its own direction. Empty where the receipt has no room left.
  std::string shown(std::string_view outside) {
    std::string text = text::clean_outside_text(outside, kMaxTextBytes);
    std::replace(text.begin(), text.end(), '\n', ' ');
    text = core::trim(text);
    const std::size_t room = kMaxAllBytes - used_;
    const bool cut = text.size() > room || outside.size() > kMaxTextBytes;
    text.resize(core::truncate_utf8(text, room).size());
    used_ += text.size();
    if (text.empty()) return text;
    if (cut) text += kEllipsis;
    const bool mixed = language_.direction() == text::Direction::RightToLeft || text::has_right_to_left(text);
    return mixed ? text::isolate(text) : text;
  }

  bool outside(Role role, std::string_view text) {
    std::string line = shown(text);
    if (line.empty()) return false;
    lines_.push_back({role, std::move(line)});
    return true;
  }

  // A label is only there with something below it.
  void labelled(const char* key, Role role, std::string_view text) {
    word(Role::Label, key);
    if (!outside(role, text)) lines_.pop_back();
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
    append(receipt_.happened, Role::Text);
    outside(Role::Title, receipt_.title);
    outside(Role::Provider, receipt_.provider);
  }

  void when() {
    if (!receipt_.starts && receipt_.when_notes.empty()) return;
    const std::size_t before = lines_.size();
    word(Role::Label, "receipt.when");
    if (receipt_.starts) {
      lines_.push_back({Role::Important, language_.full_date(*receipt_.starts)});
      lines_.push_back({Role::Important, language_.time_of_day(*receipt_.starts)});
      if (receipt_.length && receipt_.length->count() > 0) {
        word(Role::Text, "receipt.length", {{"duration", language_.duration(*receipt_.length)}});
      }
    }
    append(receipt_.when_notes, Role::Text, kMostTimes);
    if (lines_.size() == before + 1) lines_.pop_back();
  }

  void where() {
    const std::size_t before = lines_.size();
    word(Role::Label, "receipt.where");
    outside(Role::Important, receipt_.where.name);
    append(receipt_.where.address, Role::Text);
    if (lines_.size() == before + 1) lines_.pop_back();
    labelled("receipt.getting_there", Role::Text, receipt_.where.how_to_get_there);
  }

  void call() {
    const std::size_t before = lines_.size();
    labelled("receipt.call", Role::Phone, receipt_.call);
    if (lines_.size() > before) outside(Role::Text, receipt_.call_hours);
  }

  void code() {
    const std::size_t before = lines_.size();
    labelled("receipt.code", Role::Code, core::grouped_check_code(receipt_.code));
    if (lines_.size() > before) word(Role::Text, "receipt.code_help");
  }

  void note() {
    const std::string place = shown(receipt_.issued_by);
    if (place.empty()) {
      word(Role::Note, "receipt.issued", {{"at", receipt_.issued_at}});
    } else {
      word(Role::Note, "receipt.issued_at_place", {{"at", receipt_.issued_at}, {"place", place}});
    }
  }

  const Receipt& receipt_;
  const text::Language& language_;
  std::vector<ReceiptLine> lines_;
  std::size_t used_ = 0;
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
