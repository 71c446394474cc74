#include "kiosk/work/ui_thread.h"

#include <atomic>
#include <cstdlib>
#include <thread>

#include "kiosk/core/log.h"

namespace kiosk::work {

namespace {

std::atomic<std::thread::id> the_ui_thread{};  // no thread: nobody has claimed it

[[noreturn]] void wrong_thread(const char* where, const char* what) {
  core::log_error("work.wrong_thread", {{"where", where}, {"what", what}});
  std::abort();
}

}  // namespace

void UiThread::claim() noexcept { the_ui_thread.store(std::this_thread::get_id()); }

void UiThread::release() noexcept { the_ui_thread.store(std::thread::id{}); }

bool UiThread::here() noexcept { return the_ui_thread.load() == std::this_thread::get_id(); }

void UiThread::assert_here(const char* where) {
  if (!here() && the_ui_thread.load() != std::thread::id{}) wrong_thread(where, "only on the UI thread");
}

void UiThread::assert_elsewhere(const char* where) {
  if (here()) wrong_thread(where, "never on the UI thread");
}

}  // namespace kiosk::work
