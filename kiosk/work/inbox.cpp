#include "kiosk/work/inbox.h"

#include <utility>

namespace kiosk::work {

Inbox::Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

void Inbox::post(Message message) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    waiting_.push_back(std::move(message));
    if (waiting_.size() > 1) return;
  }
  if (wake_) wake_();
}

std::size_t Inbox::drain() {
  std::vector<Message> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(waiting_);
  }
  for (Message& message : taken) {
    message();
    message = nullptr;  // what it holds may be personal, and the next one may take a while
  }
  return taken.size();
}

void Inbox::close() {
  std::vector<Message> dropped;  // destroyed outside the lock: a message's destructor may post
  const std::lock_guard lock(mutex_);
  closed_ = true;
  dropped.swap(waiting_);
}

bool Inbox::empty() const {
  const std::lock_guard lock(mutex_);
  return waiting_.empty();
}

}  // namespace kiosk::work
