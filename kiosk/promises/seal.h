// Sealing what the journal must not show: libsodium's secretbox with a key that lies beside the database, not in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "kiosk/core/result.h"
#include "kiosk/core/secret.h"

namespace kiosk::promises {

// libsodium's randombytes: for ids, codes and keys. Thread-safe.
void secure_random(std::uint8_t* bytes, std::size_t size);

class SealingKey {
 public:
  // Reads the file (32 bytes, mode 0600). Errors: NotFound, Corrupt (another size), Refused (others may read it), Io.
  static core::Result<SealingKey> load(const std::filesystem::path& file);
  // Makes a new one and writes it with mode 0600, whole or not at all.
  static core::Result<SealingKey> create(const std::filesystem::path& file);

  // `purpose` says what the text belongs to ("<booking>/handle"): a box put in another place doesn't open.
  std::vector<std::uint8_t> seal(std::string_view purpose, const core::SecretText& text) const;
  // Corrupt where the box, its place or the key is another.
  core::Result<core::SecretText> open(std::string_view purpose, const std::vector<std::uint8_t>& box) const;

 private:
  explicit SealingKey(core::SecretText bytes) : bytes_(std::move(bytes)) {}
  core::SecretText bytes_;
};

}  // namespace kiosk::promises
