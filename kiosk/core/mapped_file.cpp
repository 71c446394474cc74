#include "kiosk/core/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "kiosk/core/descriptor.h"

namespace kiosk::core {

MappedFile::~MappedFile() {
  if (data_) ::munmap(data_, size_);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto failed = [&](const char* what) {
    const ErrorKind kind = errno == ENOENT || errno == ENOTDIR ? ErrorKind::NotFound : ErrorKind::Io;
    return make_error(kind, std::string(what) + ": " + std::generic_category().message(errno), path.string());
  };
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return failed("cannot open");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failed("cannot open");
  if (!S_ISREG(status.st_mode)) return make_error(ErrorKind::Io, "is no file", path.string());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) return make_error(ErrorKind::Full, "is larger than such a file may be", path.string());
  MappedFile mapped;
  if (size == 0) return mapped;
  void* const data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) return failed("cannot map");
  mapped.data_ = data;
  mapped.size_ = size;
  return mapped;
}

}  // namespace kiosk::core
