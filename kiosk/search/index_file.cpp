#include "kiosk/search/index_file.h"

#include <xxhash.h>

namespace kiosk::search {
namespace {

constexpr char kMagic[8] = {'C', 'K', 'S', 'E', 'A', 'R', 'C', 'H'};
// Raise with every change of the sections, of how words are folded, stemmed or heard, or of what postings weigh.
constexpr std::uint32_t kFormatVersion = 3;
constexpr std::size_t kAlignment = 8;
constexpr std::size_t kTableEnd = sizeof(FileHeader) + kSections * sizeof(SectionPlace);

}  // namespace

FileWriter::FileWriter() : bytes_(kTableEnd, '\0') {}

void FileWriter::add_bytes(Section section, const void* data, std::size_t size) {
  bytes_.resize((bytes_.size() + kAlignment - 1) / kAlignment * kAlignment);
  places_[static_cast<std::size_t>(section)] = {bytes_.size(), 0};
  append(section, data, size);
}

void FileWriter::append(Section section, const void* data, std::size_t size) {
  if (size == 0) return;
  places_[static_cast<std::size_t>(section)].bytes += size;
  bytes_.append(static_cast<const char*>(data), size);
}

std::string FileWriter::finish(std::int64_t generation, std::uint64_t concepts) {
  std::memcpy(bytes_.data() + sizeof(FileHeader), places_, sizeof(places_));
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kFormatVersion;
  header.sections = kSections;
  header.bytes = bytes_.size();
  header.checksum = XXH3_64bits(bytes_.data() + sizeof(FileHeader), bytes_.size() - sizeof(FileHeader));
  header.generation = generation;
  header.concepts = concepts;
  std::memcpy(bytes_.data(), &header, sizeof(header));
  return std::move(bytes_);
}

core::Error FileReader::damaged(const char* what) {
  return core::make_error(core::ErrorKind::Corrupt, what, "search index");
}

core::Result<FileReader> FileReader::open(std::span<const std::byte> bytes, std::optional<std::uint64_t> concepts) {
  if (bytes.size() < kTableEnd) return damaged("it is cut off");
  FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return damaged("it is no index");
  if (header.version != kFormatVersion || header.sections != kSections) return damaged("it is of another version");
  if (concepts && header.concepts != *concepts) return damaged("it was built with other concepts");
  if (header.bytes != bytes.size()) return damaged("it is cut off");
  if (header.checksum != XXH3_64bits(bytes.data() + sizeof(FileHeader), bytes.size() - sizeof(FileHeader)))
    return damaged("its checksum does not fit");
  FileReader reader;
  reader.bytes_ = bytes;
  reader.generation_ = header.generation;
  std::memcpy(reader.places_, bytes.data() + sizeof(FileHeader), sizeof(reader.places_));
  for (const SectionPlace& place : reader.places_) {
    const bool inside = place.offset <= bytes.size() && place.bytes <= bytes.size() - place.offset;
    if (!inside || place.offset % kAlignment != 0) return damaged("a section lies outside");
  }
  return reader;
}

}  // namespace kiosk::search
