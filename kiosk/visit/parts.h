// What the parts of a visit have in common: a question to the background, a typed field, a paper.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kiosk/core/clock.h"
#include "kiosk/core/error.h"
#include "kiosk/core/secret.h"

namespace kiosk::visit {

// Something asked for in the background. `ticket` names the question: an answer with another ticket is stale and
// dropped.
template <class T>
struct Load {
  enum class Status { Idle, Loading, Ready, Failed };
  Status status = Status::Idle;
  std::uint64_t ticket = 0;
  core::Milliseconds since{};  // monotonic, when it was asked: progress is shown after 300 ms
  T value{};
  std::optional<core::ErrorKind> error;
  bool ready() const { return status == Status::Ready; }
  bool loading() const { return status == Status::Loading; }
  bool failed() const { return status == Status::Failed; }
};

struct FieldText {
  core::SecretText text;
  std::string error_key;  // word key of what is wrong, "" none; set on Continue only
  // What a booking system knew already: kept, and shown to nobody, as whoever found a receipt may be looking.
  bool carried = false;
};

// When to ask next what became of something that may change, and that somebody waits for: after 5 s, then less and less
// often. `since`: the last answer, monotonic; `asked`: how often it was asked already.
core::Milliseconds next_asking(core::Milliseconds since, int asked);

enum class PrintState { None, Printing, Printed, Failed, Unknown };

// The paper of a page. `ticket` names the job: the outcome of another, such as one begun before the page changed, is no
// outcome of it.
struct Paper {
  PrintState state = PrintState::None;
  std::uint64_t ticket = 0;
  int copies = 0;  // asked for so far
  bool printing() const { return state == PrintState::Printing; }
};

}  // namespace kiosk::visit
