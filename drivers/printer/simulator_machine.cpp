#include "drivers/printer/simulator_machine.h"

#include <algorithm>
#include <cstdio>

#include "drivers/printer/escpos_encode.h"

namespace drivers::printer {
namespace {

using namespace std::string_view_literals;

std::size_t number(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) | static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 1]))
                                                     << 8;
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    char text[4];
    std::snprintf(text, sizeof text, "%02X ", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    out += text;
  }
  return out;
}

}  // namespace

void PrinterMachine::odd(std::string what) {
  if (oddities.size() < 100) oddities.push_back(std::move(what));
}

bool PrinterMachine::stopped() const {
  return paper_out_ || cutter_jammed_ || faults_.cover_open || faults_.overheated || faults_.offline;
}

void PrinterMachine::receive(std::string_view bytes) {
  for (const char byte : bytes) {
    buffer_ += byte;
    realtime(static_cast<std::uint8_t>(byte));
  }
}

// Real-time commands are watched for in every byte, pictures included.
void PrinterMachine::realtime(std::uint8_t byte) {
  const auto is_start = [](std::string_view sequence) {
    return sequence == "\x10"sv || sequence == "\x10\x04"sv || sequence == "\x10\x05"sv ||
           (sequence.size() < escpos::kClear.size() && escpos::kClear.starts_with(sequence));
  };
  realtime_ += static_cast<char>(byte);
  const bool question = realtime_.size() == 3 && (realtime_[1] == '\x04' || realtime_[1] == '\x05');
  if (question || realtime_ == escpos::kClear) {
    obey_realtime();
    realtime_.clear();
  } else if (!is_start(realtime_)) {
    realtime_ = byte == 0x10 ? "\x10" : "";
  }
}

void PrinterMachine::obey_realtime() {
  if (realtime_ == escpos::kClear) {
    if (faults_.no_clear) return;
    buffer_.clear();
    stored_.clear();
    picture_left_ = 0;  // "processing of the other command is canceled"
    answer("\x37\x25\x00"sv);
    return;
  }
  const int question = realtime_[2];
  if (realtime_[1] == '\x04' && question >= 1 && question <= 4) {
    const char byte = static_cast<char>(realtime_answer(question));
    answer({&byte, 1});
  } else if (realtime_[1] == '\x05' && question == 2 && cutter_jammed_) {
    cutter_jammed_ = false;
    buffer_.clear();
    picture_left_ = 0;
  }
}

// The answers that an independent program (receiptio) understood, see README.md.
std::uint8_t PrinterMachine::realtime_answer(int question) const {
  const bool paper_out = paper_out_;
  unsigned bits = question == 1 ? 0x16 : 0x12;
  if (question == 1 && stopped()) bits |= 0x08;
  if (question == 2)
    bits |= (faults_.cover_open ? 0x04u : 0u) | (paper_out ? 0x20u : 0u) | (cutter_jammed_ ? 0x40u : 0u);
  if (question == 3) bits |= (cutter_jammed_ ? 0x08u : 0u) | (faults_.overheated ? 0x40u : 0u);
  if (question == 4) bits |= paper_out ? 0x6Cu : faults_.near_end ? 0x0Cu : 0u;
  return static_cast<std::uint8_t>(bits);
}

void PrinterMachine::automatic_status() {
  if (!automatic_ || faults_.no_automatic_status) return;
  unsigned first = stopped() ? 0x1C : 0x14, second = 0, third = 0;
  if (faults_.cover_open) first |= 0x20;
  if (cutter_jammed_) second |= 0x08;
  if (faults_.overheated) second |= 0x40;
  if (paper_out_) third |= 0x0F;
  if (faults_.near_end) third |= 0x03;
  const char bytes[] = {static_cast<char>(first), static_cast<char>(second), static_cast<char>(third), '\x0F'};
  answer({bytes, sizeof bytes});
}

void PrinterMachine::work() {
  while (!cycle_ && step()) {
  }
}

bool PrinterMachine::step() {
  if (stopped() || buffer_.empty()) return false;
  return picture_left_ > 0 ? print_picture() : command(buffer_);
}

bool PrinterMachine::print_picture() {
  if (buffer_.size() < row_bytes_) return false;
  const std::string row = buffer_.substr(0, row_bytes_);
  used(row_bytes_);
  picture_left_--;
  if (picture_is_stored_) {
    stored_ += row;
  } else {
    add_row(row);
  }
  return true;
}

void PrinterMachine::add_row(std::string_view row) {
  std::string line(row.substr(0, static_cast<std::size_t>((dots_per_line_ + 7) / 8)));
  line.resize(static_cast<std::size_t>((dots_per_line_ + 7) / 8), '\0');
  rows_ += line;
  const auto strikes = [](std::optional<int>& rows_left) {
    if (!rows_left || --*rows_left > 0) return false;
    rows_left.reset();
    return true;
  };
  if (strikes(faults_.paper_out_at_row)) {
    paper_out_ = true;
    automatic_status();
  }
  if (strikes(faults_.power_cycle_at_row)) {
    cycle_ = true;
    switch_off();
  }
}

bool PrinterMachine::command(std::string_view bytes) {
  switch (bytes[0]) {
    case '\x1B':
      return esc(bytes);
    case '\x1D':
      return gs(bytes);
    case '\x1C':
      if (bytes.size() < 2) return false;
      if (bytes[1] != '\x2E') odd("unknown command " + hex(bytes.substr(0, 2)));
      used(2);
      return true;
    case '\x10': {  // was obeyed when it came
      if (bytes.size() < 2) return false;
      const std::size_t size = bytes[1] == '\x14' ? escpos::kClear.size() : 3;
      if (bytes.size() < size) return false;
      used(size);
      return true;
    }
    case '\0':
      used(1);
      return true;
    default:
      odd("stray byte " + hex(bytes.substr(0, 1)));
      used(1);
      return true;
  }
}

bool PrinterMachine::esc(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  if (bytes[1] == '\x40') {
    used(2);
    return true;
  }
  if (bytes[1] == '\x64') {
    if (bytes.size() < 3) return false;
    used(3);
    return true;
  }
  odd("unknown command " + hex(bytes.substr(0, 2)));
  used(2);
  return true;
}

bool PrinterMachine::gs(std::string_view bytes) {
  if (bytes.size() < 3) return false;
  switch (bytes[1]) {
    case '\x61':
      automatic_ = bytes[2] != 0;
      used(3);
      automatic_status();
      return true;
    case '\x72': {
      const char status = faults_.near_end ? '\x03' : '\x00';
      if (!faults_.no_status_reply) answer({&status, 1});
      used(3);
      return true;
    }
    case '\x56':
      if (bytes.size() < 4) return false;
      used(4);
      cut();
      return true;
    case '\x76':
      return gs_raster(bytes);
    case '\x28':
      return gs_parentheses(bytes);
    default:
      odd("unknown command " + hex(bytes.substr(0, 3)));
      used(3);
      return true;
  }
}

bool PrinterMachine::gs_raster(std::string_view bytes) {
  if (bytes.size() < 8) return false;
  if (bytes.substr(2, 2) != "\x30\x00"sv) odd("unknown raster form " + hex(bytes.substr(0, 4)));
  picture_is_stored_ = false;
  begin_picture(number(bytes, 4), number(bytes, 6), 8);
  return true;
}

bool PrinterMachine::gs_parentheses(std::string_view bytes) {
  if (bytes.size() < 7) return false;
  const std::size_t size = number(bytes, 3);
  if (bytes[2] == '\x48') {  // process id
    if (bytes.size() < 11) return false;
    if (size != 6 || bytes.substr(5, 2) != "\x30\x30"sv) odd("unknown GS ( H " + hex(bytes.substr(0, 11)));
    const std::string reply = "\x37\x22" + std::string(bytes.substr(7, 4)) + std::string(1, '\0');
    used(11);
    if (!faults_.lose_acknowledgements) answer(reply);
    return true;
  }
  if (bytes[2] != '\x4C') {
    odd("unknown command " + hex(bytes.substr(0, 3)));
    used(3);
    return true;
  }
  if (bytes[6] == '\x32') {  // print what was stored
    used(7);
    for (std::size_t at = 0; at + row_bytes_ <= stored_.size() && row_bytes_ > 0; at += row_bytes_) {
      add_row(std::string_view(stored_).substr(at, row_bytes_));
    }
    stored_.clear();
    return true;
  }
  if (bytes.size() < 15) return false;
  const std::size_t stride = (number(bytes, 11) + 7) / 8, rows = number(bytes, 13);
  if (bytes.substr(5, 6) != "\x30\x70\x30\x01\x01\x31"sv || size != stride * rows + 10) {
    odd("GS ( L lengths disagree " + hex(bytes.substr(0, 15)));
  }
  picture_is_stored_ = true;
  begin_picture(stride, rows, 15);
  return true;
}

void PrinterMachine::begin_picture(std::size_t stride, std::size_t rows, std::size_t head) {
  if (stride * 8 > static_cast<std::size_t>(dots_per_line_ + 7)) odd("a picture wider than the paper");
  if (stride == 0 || rows == 0) odd("an empty picture");
  row_bytes_ = stride;
  picture_left_ = stride == 0 ? 0 : rows;
  used(head);
}

void PrinterMachine::cut() {
  receipts.push_back(uncut());
  rows_.clear();
  if (faults_.cutter_error) {
    cutter_jammed_ = true;
    automatic_status();
  }
}

kiosk::core::Bitmap1 PrinterMachine::uncut() const {
  const auto stride = static_cast<std::size_t>((dots_per_line_ + 7) / 8);
  kiosk::core::Bitmap1 page(dots_per_line_, static_cast<int>(rows_.size() / stride));
  std::copy_n(rows_.begin(), page.bytes.size(), page.bytes.begin());
  return page;
}

std::string PrinterMachine::take_answers() { return std::exchange(answers_, {}); }

bool PrinterMachine::take_power_cycle() { return std::exchange(cycle_, false); }

void PrinterMachine::set_faults(const SimulatorFaults& faults) {
  faults_ = faults;
  automatic_status();
}

void PrinterMachine::load_paper() {
  paper_out_ = cutter_jammed_ = false;
  faults_.cover_open = faults_.cutter_error = faults_.near_end = false;
  faults_.paper_out_at_row.reset();
  automatic_status();
}

void PrinterMachine::switch_off() {
  buffer_.clear();
  answers_.clear();
  stored_.clear();
  realtime_.clear();
  picture_left_ = 0;
  automatic_ = false;
}

}  // namespace drivers::printer
