// One named thread that does jobs in the order they came. Whatever a job uses alone (a database connection, an HTTP
// client) needs no lock.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "kiosk/core/result.h"
#include "kiosk/work/cancel.h"

namespace kiosk::work {

// Thread-safe. Every job that was accepted is called exactly once; those still waiting when the worker is destroyed are
// called with a token that is cancelled already, so that whoever waits for an outcome gets one.
class Worker {
 public:
  using Job = std::function<void(const CancelToken&)>;

  // `name` shows in debuggers and logs (the kernel keeps 15 bytes). Ends the program where the system has no thread to
  // give.
  explicit Worker(std::string name, std::size_t max_waiting = 256);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  // Cancels all jobs, calls them, joins. Not on the worker's own thread.
  ~Worker();

  // The job's token is cancelled with `cancel` and with the worker. Error Full where max_waiting jobs wait already,
  // Cancelled once the worker is being destroyed. What a job throws is logged, and the next job runs.
  core::Status post(Job job, const CancelToken& cancel = {});

  bool idle() const;       // nothing runs or waits
  void wait_idle() const;  // blocks; never on the UI thread, nor in a job

 private:
  struct Entry {
    Job job;
    CancelToken cancel;
  };
  void run();
  void call(Entry& entry) const;

  const std::string name_;
  const std::size_t max_waiting_;
  CancelSource stop_;
  mutable std::mutex mutex_;
  std::condition_variable work_arrived_;
  mutable std::condition_variable became_idle_;
  std::deque<Entry> waiting_;
  bool running_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace kiosk::work
