#include "kiosk/work/latest_only.h"

#include <cstdint>
#include <mutex>
#include <utility>

namespace kiosk::work {

// Outlives the LatestOnly that made it, in the jobs and messages that are still under way.
struct LatestOnly::State : std::enable_shared_from_this<State> {
  State(Worker& its_worker, Inbox& its_inbox, Superseded its_superseded)
      : worker(its_worker), inbox(its_inbox), superseded(its_superseded) {}

  core::Status ask(Question question);
  void cancel();
  void answer_next(const CancelToken& worker_cancel);
  void deliver(std::uint64_t number, const Completion& completion);

  Worker& worker;
  Inbox& inbox;
  const Superseded superseded;

  std::mutex mutex;
  Question waiting;
  CancelSource running_cancel;
  std::uint64_t asked = 0;        // number of the newest question
  std::uint64_t wanted_from = 1;  // completions of questions before this one are dropped
  bool job_under_way = false;     // posted to the worker, or running there
};

core::Status LatestOnly::State::ask(Question question) {
  const std::lock_guard lock(mutex);
  ++asked;
  if (superseded == Superseded::Cancel) {
    running_cancel.cancel();
    wanted_from = asked;
  }
  waiting = std::move(question);
  if (job_under_way) return {};
  core::Status posted =
      worker.post([self = shared_from_this()](const CancelToken& cancel) { self->answer_next(cancel); });
  if (posted.ok()) {
    job_under_way = true;
  } else {
    waiting = nullptr;
  }
  return posted;
}

void LatestOnly::State::cancel() {
  const std::lock_guard lock(mutex);
  running_cancel.cancel();
  waiting = nullptr;
  wanted_from = asked + 1;
}

// On the worker. Goes on in the same job while newer questions come, so that a full queue can't strand one.
void LatestOnly::State::answer_next(const CancelToken& worker_cancel) {
  for (;;) {
    Question question;
    CancelToken token;
    std::uint64_t number = 0;
    {
      const std::lock_guard lock(mutex);
      question = std::exchange(waiting, nullptr);
      if (!question) {
        job_under_way = false;
        return;
      }
      number = asked;
      running_cancel = CancelSource(worker_cancel);
      token = running_cancel.token();
    }
    Completion completion = question(token);
    if (!completion) continue;
    inbox.post([self = shared_from_this(), number, done = std::move(completion)] { self->deliver(number, done); });
  }
}

// On the UI thread.
void LatestOnly::State::deliver(std::uint64_t number, const Completion& completion) {
  {
    const std::lock_guard lock(mutex);
    if (number < wanted_from) return;
  }
  completion();
}

LatestOnly::LatestOnly(Worker& worker, Inbox& inbox, Superseded superseded)
    : state_(std::make_shared<State>(worker, inbox, superseded)) {}

LatestOnly::~LatestOnly() { state_->cancel(); }

core::Status LatestOnly::ask(Question question) { return state_->ask(std::move(question)); }

void LatestOnly::cancel() { state_->cancel(); }

bool LatestOnly::idle() const {
  const std::lock_guard lock(state_->mutex);
  return !state_->job_under_way;
}

}  // namespace kiosk::work
