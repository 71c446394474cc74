#include "kiosk/core/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "kiosk/core/descriptor.h"

namespace kiosk::core {
namespace {

Error failed(const std::filesystem::path& path, int why) {
  return make_error(why == ENOENT ? ErrorKind::NotFound : ErrorKind::Io, std::generic_category().message(why),
                    path.string());
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return failed(path, errno);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return failed(path, errno);
  if (!S_ISREG(about.st_mode) || about.st_size <= 0)
    return make_error(ErrorKind::Invalid, "is empty, or no regular file", path.string());
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (memory == MAP_FAILED) return failed(path, errno);
  return MappedFile({static_cast<const std::byte*>(memory), size});
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace kiosk::core
