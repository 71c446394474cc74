#include "kiosk/promises/secret_json.h"

#include <cstdio>
#include <string>

namespace kiosk::promises {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      out += escape;
    } else {
      out += c;
    }
  }
}

core::SecretText take(std::string& out) {
  core::SecretText secret{std::string_view(out)};
  core::wipe(out);
  return secret;
}

}  // namespace

core::SecretText object_of(std::initializer_list<TextMember> members) {
  std::size_t most = 2;
  for (const TextMember& member : members) most += member.name.size() + member.text.size() * 6 + 6;
  std::string out;
  out.reserve(most);  // so that no copy is left behind by growing
  out += '{';
  for (const TextMember& member : members) {
    if (member.text.empty()) continue;
    if (out.size() > 1) out += ',';
    out.append("\"").append(member.name).append("\":");
    if (member.bare) {
      out.append(member.text);
      continue;
    }
    out += '"';
    append_escaped(out, member.text);
    out += '"';
  }
  out += '}';
  return take(out);
}

core::SecretText array_of(std::initializer_list<std::string_view> items) {
  std::size_t most = 2;
  for (const std::string_view item : items) most += item.size() + 1;
  std::string out;
  out.reserve(most);
  out += '[';
  for (const std::string_view item : items) {
    if (item.empty()) continue;
    if (out.size() > 1) out += ',';
    out.append(item);
  }
  out += ']';
  return take(out);
}

}  // namespace kiosk::promises
