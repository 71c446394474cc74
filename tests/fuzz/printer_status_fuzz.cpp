// What a printer says: any bytes, cut anywhere, give the same replies, and every reply can be judged.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "drivers/printer/escpos_status.h"

namespace escpos = drivers::printer::escpos;

static std::vector<escpos::Reply> read_in_two(std::string_view bytes, std::size_t cut) {
  escpos::ReplyReader reader;
  std::vector<escpos::Reply> replies;
  for (const std::string_view part : {bytes.substr(0, cut), bytes.substr(cut)}) {
    reader.feed(part);
    while (const auto reply = reader.next()) replies.push_back(*reply);
  }
  return replies;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = read_in_two(bytes, size);
  const auto parts = read_in_two(bytes, size / 2);
  // More than the reader keeps unread may be dropped from the whole.
  if (whole.size() < 256 && whole.size() != parts.size()) std::abort();
  for (const escpos::Reply& reply : whole) {
    drivers::printer::to_string(escpos::judge_automatic(reply.bytes));
    drivers::printer::to_string(escpos::judge_realtime(reply.bytes));
    drivers::printer::to_string(escpos::judge_paper(reply.bytes[0]));
  }
  return 0;
}
