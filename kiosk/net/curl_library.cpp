#include "kiosk/net/curl_library.h"

#include <curl/curl.h>
#include <malloc.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "kiosk/core/secret.h"

namespace kiosk::net {

namespace {

void wiping_free(void* memory) {
  if (!memory) return;
  core::wipe(memory, ::malloc_usable_size(memory));
  std::free(memory);
}

// std::realloc would leave the old bytes behind where it moves them.
void* wiping_realloc(void* memory, std::size_t size) {
  if (!memory) return std::malloc(size);
  const std::size_t had = ::malloc_usable_size(memory);
  if (size > 0 && size <= had && size > had / 2) return memory;
  void* moved = std::malloc(size);
  if (!moved) return nullptr;
  std::memcpy(moved, memory, std::min(had, size));
  wiping_free(memory);
  return moved;
}

void ignore_broken_pipes() {
  struct sigaction current {};
  if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

core::Status start_curl() {
  static const CURLcode code = [] {
    ignore_broken_pipes();
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, &std::malloc, &wiping_free, &wiping_realloc, &::strdup,
                                &std::calloc);
  }();
  if (code == CURLE_OK) return {};
  return core::make_error(core::ErrorKind::Internal, "libcurl does not start", curl_easy_strerror(code));
}

}  // namespace kiosk::net
