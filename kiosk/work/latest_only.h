// For questions where only the newest counts (search as you type): one runs, at most one waits, a newer one takes the
// waiting one's place. Nothing piles up however fast someone types.
#pragma once

#include <functional>
#include <memory>

#include "kiosk/core/result.h"
#include "kiosk/work/cancel.h"
#include "kiosk/work/inbox.h"
#include "kiosk/work/worker.h"

namespace kiosk::work {

// What becomes of the question that is running when a newer one comes.
enum class Superseded {
  Finish,  // it runs to its end and its completion is delivered: answers flow while someone types
  Cancel,  // its token is cancelled and its completion dropped: for slow things, such as requests
};

// Used on the UI thread. `worker` and `inbox` must outlive it. Once it is destroyed or cancelled, no completion of its
// runs any more.
class LatestOnly {
 public:
  using Completion = std::function<void()>;                               // runs on the UI thread, through the inbox
  using Question = std::function<Completion(const CancelToken& cancel)>;  // runs on the worker

  LatestOnly(Worker& worker, Inbox& inbox, Superseded superseded = Superseded::Finish);
  LatestOnly(const LatestOnly&) = delete;
  LatestOnly& operator=(const LatestOnly&) = delete;
  ~LatestOnly();

  // Error Full where the worker takes no more jobs; the question is dropped then.
  core::Status ask(Question question);
  // Cancels the running question and drops the waiting one.
  void cancel();
  bool idle() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kiosk::work
