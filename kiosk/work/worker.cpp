#include "kiosk/work/worker.h"

#include <pthread.h>

#include <exception>
#include <typeinfo>
#include <utility>

#include "kiosk/core/log.h"

namespace kiosk::work {

namespace {

void name_this_thread(const std::string& name) {
  constexpr std::size_t kLongestName = 15;  // of the kernel
  ::pthread_setname_np(::pthread_self(), name.substr(0, kLongestName).c_str());
}

}  // namespace

Worker::Worker(std::string name, std::size_t max_waiting)
    : name_(std::move(name)), max_waiting_(max_waiting), thread_([this] { run(); }) {}

Worker::~Worker() {
  stop_.cancel();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_arrived_.notify_all();
  thread_.join();
}

core::Status Worker::post(Job job, const CancelToken& cancel) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return core::make_error(core::ErrorKind::Cancelled, "the worker is stopping", name_);
    if (waiting_.size() >= max_waiting_) {
      return core::make_error(core::ErrorKind::Full, "too many jobs wait", name_);
    }
    waiting_.push_back({std::move(job), CancelToken::either(stop_.token(), cancel)});
  }
  work_arrived_.notify_one();
  return {};
}

bool Worker::idle() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() && !running_;
}

void Worker::wait_idle() const {
  std::unique_lock lock(mutex_);
  became_idle_.wait(lock, [this] { return waiting_.empty() && !running_; });
}

void Worker::run() {
  name_this_thread(name_);
  std::unique_lock lock(mutex_);
  for (;;) {
    work_arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    running_ = true;
    {
      Entry entry = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      call(entry);
    }  // what the job holds is gone before the worker counts as idle
    lock.lock();
    running_ = false;
    if (waiting_.empty()) became_idle_.notify_all();
  }
}

void Worker::call(Entry& entry) const {
  try {
    entry.job(entry.cancel);
  } catch (const std::exception& thrown) {
    // Its words may quote a resident's: the type is all that is told.
    core::log_error("work.job_threw", {{"worker", name_}, {"type", typeid(thrown).name()}});
  }
}

}  // namespace kiosk::work
