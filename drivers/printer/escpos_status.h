// What an ESC/POS printer says: its replies taken apart from a stream of bytes, and what they mean. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/printer/printer.h"

namespace drivers::printer::escpos {

struct Reply {
  enum class Kind {
    Realtime,   // one byte, answer to DLE EOT
    Automatic,  // four bytes, whenever something changed (GS a)
    Status,     // one byte, answer to GS r
    Done,       // four bytes: the process id of GS ( H
    Cleared,    // answer to DLE DC4 8
  } kind = Kind::Realtime;
  std::array<std::uint8_t, 4> bytes{};
};

// Bytes come in as they arrive, cut anywhere; replies come out in order. What is no reply is skipped. Rules: Epson's
// fixed bits of each kind (facts in README.md).
class ReplyReader {
 public:
  void feed(std::string_view bytes);
  std::optional<Reply> next();

 private:
  void take(std::uint8_t byte);
  void begin(std::uint8_t byte);
  void end_block();

  enum class Inside { Nothing, Automatic, Block } inside_ = Inside::Nothing;
  std::string part_;
  std::deque<Reply> replies_;
};

// The answers to DLE EOT 1 to 4; 0 where none came.
using RealtimeAnswers = std::array<std::uint8_t, 4>;
// The worst that the bytes say; Offline where some answers are missing, Disconnected never.
PrinterCondition judge_realtime(const RealtimeAnswers& answers);
PrinterCondition judge_automatic(const std::array<std::uint8_t, 4>& bytes);
// Of the answer to GS r 1.
PrinterCondition judge_paper(std::uint8_t byte);

}  // namespace drivers::printer::escpos
