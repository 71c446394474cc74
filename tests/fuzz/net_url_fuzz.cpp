// URLs come from feeds, redirects and configuration; headers from whoever answers.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kiosk/net/answer.h"
#include "kiosk/net/url.h"

using namespace kiosk::net;

namespace {

void must(bool held) {
  if (!held) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  must(url_decode(url_encode(bytes)) == bytes);
  url_decode(bytes);

  const std::string loggable = loggable_url(bytes);
  must(loggable.find('?') == std::string::npos && loggable.find('#') == std::string::npos);
  const std::string origin = origin_of(bytes);
  must(origin.empty() || origin_of(origin) == origin);
  must(build_url(bytes, "path", {{"key", bytes}}).find('#') == std::string::npos);

  Response response;
  response.status = 200;
  response.url = bytes;
  response.body = bytes;
  response.headers.add("Content-Type", bytes);
  response.headers.add("Retry-After", bytes);
  response.content_type();
  if (const auto wait = response.retry_after({})) must(*wait >= kiosk::core::Milliseconds{0});
  const auto answer = json_answer(response);
  must(answer.ok() || !answer.error().what.empty());
  return 0;
}
