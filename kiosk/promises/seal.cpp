#include "kiosk/promises/seal.h"

#include <sodium.h>

#include <cstdlib>

#include "kiosk/core/files.h"

namespace kiosk::promises {
namespace {

using core::ErrorKind;
using core::make_error;

constexpr std::size_t kLongestText = 64 * 1024;

// Without a source of chance nothing of ours is safe; libsodium says so itself by ending the program.
void ready() {
  static const bool initialised = sodium_init() >= 0;
  if (!initialised) std::abort();
}

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

void secure_random(std::uint8_t* bytes, std::size_t size) {
  ready();
  randombytes_buf(bytes, size);
}

core::Result<SealingKey> SealingKey::load(const std::filesystem::path& file) {
  ready();
  KIOSK_TRY(core::SecretText key, core::read_secret_file(file, 4096));
  if (key.size() != crypto_secretbox_KEYBYTES) {
    return make_error(ErrorKind::Corrupt, "key file is not of 32 bytes", file.string());
  }
  return SealingKey(std::move(key));
}

core::Result<SealingKey> SealingKey::create(const std::filesystem::path& file) {
  std::string bytes(crypto_secretbox_KEYBYTES, '\0');
  secure_random(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
  core::SecretText key{std::string_view(bytes)};
  core::wipe(bytes);
  KIOSK_CHECK(core::write_file_atomically(file, key.reveal(), core::FileMode::Private));
  return SealingKey(std::move(key));
}

// The box holds the purpose before the text: secretbox itself binds a text to nothing but its key.
std::vector<std::uint8_t> SealingKey::seal(std::string_view purpose, const core::SecretText& text) const {
  std::string plain;
  plain.reserve(purpose.size() + 1 + text.size());
  plain.append(purpose).push_back('\0');
  plain.append(text.reveal());
  std::vector<std::uint8_t> box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
  randombytes_buf(box.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(box.data() + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(), box.data(),
                        bytes_of(bytes_.reveal()));
  core::wipe(plain);
  return box;
}

core::Result<core::SecretText> SealingKey::open(std::string_view purpose, const std::vector<std::uint8_t>& box) const {
  constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const auto damaged = [&] {
    return make_error(ErrorKind::Corrupt, "sealed text does not open", std::string(purpose));
  };
  if (box.size() < kOverhead || box.size() > kOverhead + kLongestText) return damaged();
  std::string plain(box.size() - kOverhead, '\0');
  const int opened = crypto_secretbox_open_easy(
      reinterpret_cast<unsigned char*>(plain.data()), box.data() + crypto_secretbox_NONCEBYTES,
      box.size() - crypto_secretbox_NONCEBYTES, box.data(), bytes_of(bytes_.reveal()));
  const std::string_view view(plain);
  const bool good = opened == 0 && view.size() > purpose.size() && view.substr(0, purpose.size()) == purpose &&
                    view[purpose.size()] == '\0';
  core::SecretText text(good ? view.substr(purpose.size() + 1) : std::string_view());
  core::wipe(plain);
  if (!good) return damaged();
  return text;
}

}  // namespace kiosk::promises
