// The key derivations of ALTCHA, by OpenSSL; Argon2id by libsodium, as OpenSSL has it only from 3.2 on.
#include <openssl/evp.h>
#include <sodium.h>

#include <memory>

#include "kiosk/promises/altcha.h"

namespace kiosk::promises::altcha {
namespace {

using core::ErrorKind;
using core::make_error;
using core::Result;
using Bytes = std::vector<std::uint8_t>;

const EVP_MD* message_digest(Digest digest) {
  switch (digest) {
    case Digest::Sha256:
      return EVP_sha256();
    case Digest::Sha384:
      return EVP_sha384();
    case Digest::Sha512:
      return EVP_sha512();
  }
  return EVP_sha256();
}

core::Error failed(const char* what) { return make_error(ErrorKind::Internal, what, "captcha"); }

// The digest of salt and password, digested again up to `cost` rounds in all, and cut.
Result<Bytes> rounds_of_sha(const Challenge& challenge, const Bytes& password) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const EVP_MD* digest = message_digest(challenge.digest);
  Bytes data = challenge.salt;
  data.insert(data.end(), password.begin(), password.end());
  for (std::uint32_t round = 0; round < challenge.cost; round++) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const bool done = context && EVP_DigestInit_ex(context.get(), digest, nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), out, &size) == 1;
    if (!done) return failed("the digest failed");
    data.assign(out, out + size);
  }
  if (data.size() > challenge.key_length) data.resize(challenge.key_length);
  return data;
}

Result<Bytes> pbkdf2(const Challenge& challenge, const Bytes& password) {
  Bytes key(challenge.key_length);
  const int done = PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(password.data()), static_cast<int>(password.size()),
                                     challenge.salt.data(), static_cast<int>(challenge.salt.size()),
                                     static_cast<int>(challenge.cost), message_digest(challenge.digest),
                                     static_cast<int>(key.size()), key.data());
  if (done != 1) return failed("PBKDF2 failed");
  return key;
}

Result<Bytes> scrypt(const Challenge& challenge, const Bytes& password) {
  Bytes key(challenge.key_length);
  constexpr std::uint64_t kMemory = std::uint64_t{160} << 20;  // above what parse_challenge() lets through
  const int done = EVP_PBE_scrypt(reinterpret_cast<const char*>(password.data()), password.size(),
                                  challenge.salt.data(), challenge.salt.size(), challenge.cost, challenge.memory_cost,
                                  challenge.parallelism, kMemory, key.data(), key.size());
  if (done != 1) return failed("scrypt failed");
  return key;
}

Result<Bytes> argon2id(const Challenge& challenge, const Bytes& password) {
  static const bool ready = sodium_init() >= 0;
  if (!ready) return failed("libsodium is not usable");
  if (challenge.salt.size() != crypto_pwhash_SALTBYTES || challenge.parallelism != 1 ||
      challenge.key_length < crypto_pwhash_BYTES_MIN) {
    return make_error(ErrorKind::Unsupported, "Argon2id with this salt, key length or parallelism", "captcha");
  }
  Bytes key(challenge.key_length);
  const int done = crypto_pwhash(key.data(), key.size(), reinterpret_cast<const char*>(password.data()),
                                 password.size(), challenge.salt.data(), challenge.cost,
                                 std::size_t{challenge.memory_cost} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (done != 0) return failed("Argon2id failed");
  return key;
}

}  // namespace

Result<Bytes> derive_key(const Challenge& challenge, std::uint32_t counter) {
  Bytes password = challenge.nonce;
  for (const int shift : {24, 16, 8, 0}) password.push_back(static_cast<std::uint8_t>(counter >> shift));
  switch (challenge.kind) {
    case Kind::Sha:
      return rounds_of_sha(challenge, password);
    case Kind::Pbkdf2:
      return pbkdf2(challenge, password);
    case Kind::Scrypt:
      return scrypt(challenge, password);
    case Kind::Argon2id:
      return argon2id(challenge, password);
  }
  return failed("no such algorithm");
}

}  // namespace kiosk::promises::altcha
