#include "drivers/printer/escpos_status.h"

namespace drivers::printer::escpos {
namespace {

constexpr std::size_t kMostReplies = 256;  // unread; beyond it the printer is babbling
constexpr std::size_t kLongestBlock = 80;
constexpr std::uint8_t kBlockHead = 0x37;
constexpr std::uint8_t kTextHead = 0x5F;

bool is_realtime(std::uint8_t byte) { return (byte & 0x93) == 0x12; }
bool is_automatic_head(std::uint8_t byte) { return (byte & 0x93) == 0x10; }
bool is_plain(std::uint8_t byte) { return (byte & 0x90) == 0; }

}  // namespace

void ReplyReader::feed(std::string_view bytes) {
  for (const char byte : bytes) take(static_cast<std::uint8_t>(byte));
  while (replies_.size() > kMostReplies) replies_.pop_front();
}

std::optional<Reply> ReplyReader::next() {
  if (replies_.empty()) return std::nullopt;
  const Reply reply = replies_.front();
  replies_.pop_front();
  return reply;
}

void ReplyReader::take(std::uint8_t byte) {
  if (inside_ == Inside::Automatic) {
    if (is_plain(byte)) {
      part_ += static_cast<char>(byte);
      if (part_.size() < 4) return;
      Reply reply{Reply::Kind::Automatic, {}};
      for (std::size_t i = 0; i < 4; i++) reply.bytes[i] = static_cast<std::uint8_t>(part_[i]);
      replies_.push_back(reply);
      inside_ = Inside::Nothing;
      return;
    }
    inside_ = Inside::Nothing;  // cut short; the byte begins something new
  }
  if (inside_ == Inside::Block) {
    if (byte == 0) return end_block();
    part_ += static_cast<char>(byte);
    if (part_.size() > kLongestBlock) inside_ = Inside::Nothing;
    return;
  }
  begin(byte);
}

void ReplyReader::begin(std::uint8_t byte) {
  part_.assign(1, static_cast<char>(byte));
  if (byte == kBlockHead || byte == kTextHead) {
    inside_ = Inside::Block;
  } else if (is_automatic_head(byte)) {
    inside_ = Inside::Automatic;
  } else if (is_realtime(byte)) {
    replies_.push_back({Reply::Kind::Realtime, {byte}});
  } else if (is_plain(byte)) {
    replies_.push_back({Reply::Kind::Status, {byte}});
  }
}

void ReplyReader::end_block() {
  inside_ = Inside::Nothing;
  if (part_.size() == 6 && part_[0] == kBlockHead && part_[1] == 0x22) {
    Reply reply{Reply::Kind::Done, {}};
    for (std::size_t i = 0; i < 4; i++) reply.bytes[i] = static_cast<std::uint8_t>(part_[i + 2]);
    replies_.push_back(reply);
  } else if (part_.size() == 2 && part_[0] == kBlockHead && part_[1] == 0x25) {
    replies_.push_back({Reply::Kind::Cleared, {}});
  }
}

PrinterCondition judge_realtime(const RealtimeAnswers& answers) {
  const auto [printer, offline, error, paper] = answers;
  if (offline & 0x04) return PrinterCondition::CoverOpen;
  if ((offline & 0x20) || (paper & 0x60)) return PrinterCondition::PaperOut;
  if (error & 0x08) return PrinterCondition::CutterError;
  if (error & 0x20) return PrinterCondition::Offline;  // only a service engineer gets it out of that
  if (error & 0x40) return PrinterCondition::Overheated;
  if ((printer & 0x08) || (offline & 0x40)) return PrinterCondition::Offline;
  for (const std::uint8_t answer : answers) {
    if (answer == 0) return PrinterCondition::Offline;
  }
  return paper & 0x0C ? PrinterCondition::NearEnd : PrinterCondition::Ok;
}

PrinterCondition judge_automatic(const std::array<std::uint8_t, 4>& bytes) {
  if (bytes[0] & 0x20) return PrinterCondition::CoverOpen;
  if (bytes[2] & 0x0C) return PrinterCondition::PaperOut;
  if (bytes[1] & 0x08) return PrinterCondition::CutterError;
  if (bytes[1] & 0x20) return PrinterCondition::Offline;
  if (bytes[1] & 0x40) return PrinterCondition::Overheated;
  if ((bytes[0] & 0x08) || (bytes[1] & 0x05)) return PrinterCondition::Offline;
  return bytes[2] & 0x03 ? PrinterCondition::NearEnd : PrinterCondition::Ok;
}

PrinterCondition judge_paper(std::uint8_t byte) {
  if (byte & 0x0C) return PrinterCondition::PaperOut;
  return byte & 0x03 ? PrinterCondition::NearEnd : PrinterCondition::Ok;
}

}  // namespace drivers::printer::escpos
