// The one way back to the UI thread: workers post, the main loop drains.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace kiosk::work {

class Inbox {
 public:
  using Message = std::function<void()>;

  // `wake` is called, on the posting thread and outside any lock, whenever the inbox stops being empty: it must be
  // thread-safe and quick (push an SDL event).
  explicit Inbox(std::function<void()> wake = {});
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  // Any thread. Messages run in the order of posting; after close() they are dropped.
  void post(Message message);
  // UI thread. Runs what was there on entry, so that messages that post messages cannot hold the frame. Returns how
  // many.
  std::size_t drain();
  // UI thread, at shutdown: drops what waits and all that comes.
  void close();
  bool empty() const;  // any thread

 private:
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::vector<Message> waiting_;
  bool closed_ = false;
};

}  // namespace kiosk::work
