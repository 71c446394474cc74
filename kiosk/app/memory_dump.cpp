#include "kiosk/app/memory_dump.h"

#include <fcntl.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace kiosk::app {
namespace {

struct Mapping {
  std::uint64_t first = 0, end = 0;
};

std::vector<Mapping> written_mappings() {
  std::vector<Mapping> found;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    Mapping mapping;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s", &mapping.first, &mapping.end, rights) != 3) continue;
    if (rights[0] == 'r' && rights[1] == 'w') found.push_back(mapping);
  }
  return found;
}

}  // namespace

core::Status write_memory(const std::filesystem::path& file) {
  std::FILE* memory = std::fopen("/proc/self/mem", "rb");
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // keys are in it
  std::FILE* out = descriptor >= 0 ? ::fdopen(descriptor, "wb") : nullptr;
  bool good = memory && out;
  if (memory) std::setvbuf(memory, nullptr, _IONBF, 0);
  static char page[4096];  // a page that can't be read (a guard, a device) is left out
  for (const Mapping& mapping : good ? written_mappings() : std::vector<Mapping>()) {
    const auto own = reinterpret_cast<std::uint64_t>(page);
    for (std::uint64_t at = mapping.first; at < mapping.end; at += sizeof page) {
      if (at < own + sizeof page && own < at + sizeof page) continue;
      if (std::fseek(memory, static_cast<long>(at), SEEK_SET) != 0) continue;
      const std::size_t size = std::fread(page, 1, sizeof page, memory);
      good = good && std::fwrite(page, 1, size, out) == size;
    }
  }
  if (memory) std::fclose(memory);
  if (out) good = std::fclose(out) == 0 && good;
  if (good) return {};
  return core::make_error(core::ErrorKind::Io, "memory can't be written", file.string());
}

}  // namespace kiosk::app
