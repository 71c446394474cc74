// One connection to an ESC/POS printer: asking, sending at the printer's pace, clearing what it has not printed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/printer/escpos_status.h"
#include "drivers/printer/printer.h"
#include "drivers/printer/tcp_line.h"

namespace drivers::printer::escpos {

enum class SendEnd {
  Done,       // all of it left us
  Trouble,    // the printer says that it can't print: condition() says why
  Stalled,    // it takes and says nothing
  Lost,       // the connection is gone
  Cancelled,  // by us
};
std::string_view to_string(SendEnd end);

class Session {
 public:
  static kiosk::core::Result<Session> open(const PrinterOptions& options, const kiosk::work::CancelToken& cancel);

  // Asks all four real-time questions. Offline where it answers none or only some; Disconnected where the line broke.
  PrinterStatus ask_status();
  // Sends `bytes`; stops as soon as the printer reports trouble.
  SendEnd send(std::string_view bytes);
  // Sends `strip` and waits until the printer has worked on it, so that it never holds more than one that could come
  // out later. A printer that doesn't answer GS r is sent the rest at the pace of the connection.
  SendEnd send_paced(std::string_view strip);
  // Waits for the acknowledgement that was asked for last.
  SendEnd await_done(std::uint32_t process_id);
  // Throws away what the printer has received and not printed. `unsent` bytes of a strip are still owed to it, and are
  // paid in blanks. True where the printer confirms that it holds nothing any more. Works after `cancel` too.
  bool clear(std::size_t unsent);

  PrinterCondition condition() const { return condition_; }
  std::size_t unsent() const { return unsent_; }      // of the bytes given to the last send
  bool acknowledged(std::uint32_t process_id) const;  // also when it came while something else was awaited

 private:
  Session(TcpLine line, const PrinterOptions& options, kiosk::work::CancelToken cancel)
      : line_(std::move(line)), options_(options), cancel_(std::move(cancel)) {}

  // Exchanges until `bytes` left and `satisfied`, trouble, or `timeout` without a byte either way.
  SendEnd run(std::string_view bytes, kiosk::core::Milliseconds timeout, const std::function<bool()>& satisfied,
              bool stop_on_trouble);
  std::optional<std::uint8_t> ask(std::string_view question);
  void note(const Reply& reply);
  PrinterCondition condition_now();

  TcpLine line_;
  PrinterOptions options_;
  kiosk::work::CancelToken cancel_;
  ReplyReader reader_;
  PrinterCondition condition_ = PrinterCondition::Unknown;
  std::optional<std::uint8_t> realtime_, status_;
  std::string done_;  // the last process id that came back
  bool cleared_ = false, paced_ = true, lost_ = false;
  std::size_t unsent_ = 0;
};

}  // namespace drivers::printer::escpos
