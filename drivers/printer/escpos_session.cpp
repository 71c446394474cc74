#include "drivers/printer/escpos_session.h"

#include <algorithm>
#include <cstdio>

#include "drivers/printer/escpos_encode.h"
#include "kiosk/work/deadline.h"

namespace drivers::printer::escpos {
namespace {

using kiosk::core::ErrorKind;
using kiosk::core::Milliseconds;
using kiosk::core::Result;
using kiosk::work::Deadline;

const kiosk::core::SystemClock& system_clock() {
  static const kiosk::core::SystemClock clock;
  return clock;
}

std::string hex(const RealtimeAnswers& answers) {
  char text[32];
  std::snprintf(text, sizeof text, "EOT %02X %02X %02X %02X", answers[0], answers[1], answers[2], answers[3]);
  return text;
}

}  // namespace

std::string_view to_string(SendEnd end) {
  switch (end) {
    case SendEnd::Done:
      return "done";
    case SendEnd::Trouble:
      return "printer reported trouble";
    case SendEnd::Stalled:
      return "printer stopped answering";
    case SendEnd::Lost:
      return "connection lost";
    case SendEnd::Cancelled:
      return "cancelled";
  }
  return "";
}

Result<Session> Session::open(const PrinterOptions& options, const kiosk::work::CancelToken& cancel) {
  KIOSK_TRY(TcpLine line, TcpLine::connect(options.host, options.port, options.connect_timeout, cancel));
  return Session(std::move(line), options, cancel);
}

void Session::note(const Reply& reply) {
  switch (reply.kind) {
    case Reply::Kind::Realtime:
      realtime_ = reply.bytes[0];
      break;
    case Reply::Kind::Automatic:
      condition_ = judge_automatic(reply.bytes);
      break;
    case Reply::Kind::Status:
      status_ = reply.bytes[0];
      if (judge_paper(reply.bytes[0]) == PrinterCondition::PaperOut) condition_ = PrinterCondition::PaperOut;
      break;
    case Reply::Kind::Done:
      done_.assign(reply.bytes.begin(), reply.bytes.end());
      break;
    case Reply::Kind::Cleared:
      cleared_ = true;
      break;
  }
}

SendEnd Session::run(std::string_view bytes, Milliseconds timeout, const std::function<bool()>& satisfied,
                     bool stop_on_trouble) {
  unsent_ = bytes.size();
  Deadline quiet = Deadline::after(system_clock(), timeout);
  while (!bytes.empty() || !satisfied()) {
    if (lost_) return SendEnd::Lost;
    if (quiet.passed()) return SendEnd::Stalled;
    Result<Traffic> traffic = line_.exchange(bytes, quiet.at_most(timeout), cancel_);
    if (!traffic.ok()) {
      lost_ = traffic.error().kind != ErrorKind::Cancelled;
      return lost_ ? SendEnd::Lost : SendEnd::Cancelled;
    }
    bytes.remove_prefix(traffic->sent);
    unsent_ = bytes.size();
    reader_.feed(traffic->received);
    bool heard = false;
    while (const std::optional<Reply> reply = reader_.next()) {
      note(*reply);
      heard = true;
    }
    lost_ = traffic->closed;
    // What is no reply doesn't count: a babbling device must not hold us for ever.
    if (traffic->sent > 0 || (heard && !bytes.empty())) quiet = Deadline::after(system_clock(), timeout);
    if (stop_on_trouble && heard && condition_ != PrinterCondition::Unknown && !can_print(condition_)) {
      return SendEnd::Trouble;
    }
  }
  return SendEnd::Done;
}

std::optional<std::uint8_t> Session::ask(std::string_view question) {
  realtime_.reset();
  const auto answered = [this] { return realtime_.has_value(); };
  if (run(question, options_.answer_timeout, answered, false) != SendEnd::Done) return std::nullopt;
  return realtime_;
}

PrinterStatus Session::ask_status() {
  RealtimeAnswers answers{};
  constexpr std::string_view kQuestions[] = {kAskPrinter, kAskOffline, kAskError, kAskPaper};
  for (std::size_t i = 0; i < answers.size(); i++) {
    const std::optional<std::uint8_t> answer = ask(kQuestions[i]);
    if (!answer) break;  // silent once, silent four times: no need to wait for each
    answers[i] = *answer;
  }
  condition_ = lost_ ? PrinterCondition::Disconnected : judge_realtime(answers);
  return {condition_, lost_ ? "connection lost" : answers[0] == 0 ? "no answer to a status request" : hex(answers)};
}

SendEnd Session::send(std::string_view bytes) {
  return run(
      bytes, options_.stall_timeout, [] { return true; }, true);
}

SendEnd Session::send_paced(std::string_view strip) {
  if (!paced_) return send(strip);
  if (const SendEnd end = send(strip); end != SendEnd::Done) return end;
  status_.reset();
  const SendEnd end = run(
      kAskStatus, options_.stall_timeout, [this] { return status_.has_value(); }, true);
  unsent_ = 0;  // of the strip
  if (end != SendEnd::Stalled) return end;
  if (!can_print(ask_status().condition)) return lost_ ? SendEnd::Lost : SendEnd::Trouble;
  paced_ = false;
  return SendEnd::Done;
}

SendEnd Session::await_done(std::uint32_t process_id) {
  const bool by_id = options_.completion == Completion::ProcessId;
  if (!by_id) status_.reset();
  const auto done = [&] { return by_id ? acknowledged(process_id) : status_.has_value(); };
  const std::string request = by_id ? ask_done(process_id) : std::string(kAskStatus);
  const SendEnd end = run(request, options_.completion_timeout, done, true);
  if (end == SendEnd::Trouble && done() && by_id) return SendEnd::Done;  // it was on paper before the trouble
  return end;
}

bool Session::acknowledged(std::uint32_t process_id) const { return done_ == process_id_text(process_id); }

bool Session::clear(std::size_t unsent) {
  const kiosk::work::CancelToken given = std::exchange(cancel_, {});
  cleared_ = false;
  const auto is_cleared = [this] { return cleared_; };
  bool clean = false;
  if (run(kClear, options_.answer_timeout, is_cleared, false) == SendEnd::Done) {
    // It holds nothing now, but may still wait for the rest of a picture: let it have blanks, and throw them away too.
    cleared_ = false;
    std::string blanks(unsent, '\0');
    blanks += kClear;
    clean = run(blanks, options_.answer_timeout, is_cleared, false) == SendEnd::Done;
  } else if (!lost_) {
    // Not known to this printer. Recoverable errors at least are left with empty buffers, and the picture ends.
    run(
        std::string(unsent, '\0') + std::string(kRecover), options_.answer_timeout, [] { return true; }, false);
  }
  cancel_ = given;
  return clean;
}

}  // namespace drivers::printer::escpos
