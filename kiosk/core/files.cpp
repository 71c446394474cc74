#include "kiosk/core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "kiosk/core/descriptor.h"

namespace kiosk::core {

namespace fs = std::filesystem;

namespace {

Error file_error(int code, std::string what, const fs::path& path) {
  ErrorKind kind = ErrorKind::Io;
  if (code == ENOENT || code == ENOTDIR) kind = ErrorKind::NotFound;
  if (code == ENOSPC || code == EDQUOT || code == EFBIG) kind = ErrorKind::Full;
  return make_error(kind, std::move(what) + ": " + std::generic_category().message(code), path.string());
}

Status write_all(const Descriptor& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error(errno, "cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// A file beside its target that is gone again unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target) : name_(target.string() + ".XXXXXX") {
    file_ = Descriptor(::mkostemp(name_.data(), O_CLOEXEC));
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (file_ && !renamed_) ::unlink(name_.c_str());
  }

  const Descriptor& file() const { return file_; }
  Status rename_to(const fs::path& target) {
    if (::rename(name_.c_str(), target.c_str()) != 0) return file_error(errno, "cannot replace", target);
    renamed_ = true;
    return {};
  }

 private:
  std::string name_;
  Descriptor file_;
  bool renamed_ = false;
};

// So that the new name itself survives a power cut.
Status sync_folder(const fs::path& folder) {
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory || ::fsync(directory.get()) != 0) return file_error(errno, "cannot sync the folder", folder);
  return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return file_error(errno, "cannot open", path);
  std::string bytes;
  struct stat status {};
  if (::fstat(file.get(), &status) == 0 && status.st_size > 0) {
    bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes));
  }
  for (;;) {
    constexpr std::size_t kChunk = std::size_t{64} << 10;
    const std::size_t before = bytes.size();
    bytes.resize(before + kChunk);
    const ssize_t got = ::read(file.get(), bytes.data() + before, kChunk);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(errno, "cannot read", path);
    if (bytes.size() > max_bytes) {
      return make_error(ErrorKind::Full, "larger than " + std::to_string(max_bytes) + " bytes", path.string());
    }
    if (got == 0) return bytes;
  }
}

Result<SecretText> read_secret_file(const fs::path& path, std::size_t max_bytes) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return file_error(errno, "cannot open", path);
  if ((about.st_mode & 077) != 0) {
    return make_error(ErrorKind::Refused, "others may read it; it must have mode 0600", path.string());
  }
  KIOSK_TRY(std::string bytes, read_file(path, max_bytes));
  SecretText text{std::string_view(bytes)};
  wipe(bytes);
  return text;
}

Status write_file_atomically(const fs::path& path, std::string_view bytes, FileMode mode) {
  TemporaryFile temporary(path);
  if (!temporary.file()) return file_error(errno, "cannot create", path);
  if (::fchmod(temporary.file().get(), static_cast<mode_t>(mode)) != 0) {
    return file_error(errno, "cannot set the mode", path);
  }
  KIOSK_CHECK(write_all(temporary.file(), bytes, path));
  if (::fsync(temporary.file().get()) != 0) return file_error(errno, "cannot sync", path);
  KIOSK_CHECK(temporary.rename_to(path));
  return sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

}  // namespace kiosk::core
