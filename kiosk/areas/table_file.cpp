#include "kiosk/areas/table_file.h"

#include <xxhash.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "kiosk/core/files.h"
#include "kiosk/core/json.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::Json;
using core::make_error;

namespace {

constexpr std::size_t kMostBytes = std::size_t{128} << 20;
constexpr std::array<char, 8> kMagic = {'K', 'I', 'O', 'S', 'K', 'A', 'R', 'E'};
constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::uint32_t kVersion = 1;

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t byte_order = kByteOrder, version = kVersion;
  std::uint64_t entries = 0, names = 0;  // how many; how many bytes
  std::uint64_t unused[3] = {};
  std::uint64_t checksum = 0;  // of all that stands before and after it
};
static_assert(sizeof(Header) == 64);

std::uint64_t checksum_of(const Header& header, std::string_view body) {
  return XXH3_64bits_withSeed(&header, offsetof(Header, checksum), XXH3_64bits(body.data(), body.size()));
}

Json to_json(const AuthorityRow& row) {
  const Authority& a = row.authority;
  return {a.code, a.name, static_cast<int>(a.tier), a.parent, a.website, a.phone, a.duties, row.covers, row.formers};
}

std::vector<std::string> texts_of(const Json& list) {
  std::vector<std::string> texts;
  for (const Json& each : list) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  return texts;
}

// Its form is ours, and the checksum was right; this is against programs of ours that erred.
bool read_row(const Json& json, AuthorityRow& row) {
  if (!json.is_array() || json.size() != 9 || !json[2].is_number_unsigned()) return false;
  for (const std::size_t text : {0, 1, 3, 4, 5}) {
    if (!json[text].is_string()) return false;
  }
  const auto tier = json[2].get<unsigned>();
  if (tier > static_cast<unsigned>(Tier::Fire)) return false;
  Authority& a = row.authority;
  a = {json[0], json[1], static_cast<Tier>(tier), json[3], json[4], json[5], texts_of(json[6])};
  row.covers = texts_of(json[7]);
  row.formers = texts_of(json[8]);
  return true;
}

bool read_names(std::string_view bytes, TableFile& file) {
  const auto json = core::parse_json(bytes, "names");
  if (!json.ok()) return false;
  for (const Json& area : core::json_array(*json, "areas")) {
    const std::vector<std::string> codes = texts_of(area);
    if (codes.size() != 2) return false;
    file.areas.push_back({codes[0], codes[1]});
  }
  for (const Json& row : core::json_array(*json, "authorities")) {
    file.authorities.emplace_back();
    if (!read_row(row, file.authorities.back())) return false;
  }
  return true;
}

}  // namespace

std::span<const PostcodeEntry> TableFile::entries() const {
  // The header is as long as a cache line and mappings begin at pages, so the entries are aligned.
  const char* first = mapped.bytes().data() + sizeof(Header);
  return {reinterpret_cast<const PostcodeEntry*>(first), entry_count};
}

core::Status write_table(const std::filesystem::path& file, const PostcodeTable& postcodes,
                         const std::vector<AuthorityRow>& authorities) {
  Json names = {{"areas", Json::array()}, {"authorities", Json::array()}};
  for (const CouncilCodes& area : postcodes.areas()) names["areas"].push_back({area.county, area.district});
  for (const AuthorityRow& row : authorities) names["authorities"].push_back(to_json(row));
  const std::string text = core::dump_json(names);
  const std::span<const PostcodeEntry> entries = postcodes.entries();

  Header header;
  header.entries = entries.size();
  header.names = text.size();
  std::string bytes(sizeof header, '\0');
  bytes.reserve(sizeof header + entries.size_bytes() + text.size());
  if (!entries.empty()) bytes.append(reinterpret_cast<const char*>(entries.data()), entries.size_bytes());
  bytes += text;
  header.checksum = checksum_of(header, std::string_view(bytes).substr(sizeof header));
  std::memcpy(bytes.data(), &header, sizeof header);
  return core::write_file_atomically(file, bytes, core::FileMode::Private);
}

core::Result<TableFile> read_table(const std::filesystem::path& path) {
  TableFile file;
  KIOSK_TRY(file.mapped, core::MappedFile::open(path, kMostBytes));
  const std::string_view bytes = file.mapped.bytes();
  const auto damaged = [&](const char* why) { return make_error(ErrorKind::Corrupt, why, path.string()); };
  Header header;
  if (bytes.size() < sizeof header) return damaged("is too short for a table of areas");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kMagic) return damaged("is no table of areas");
  if (header.byte_order != kByteOrder || header.version != kVersion)
    return make_error(ErrorKind::Unsupported, "was made by another version or another kind of machine", path.string());
  const std::string_view body = bytes.substr(sizeof header);
  if (header.entries > body.size() / sizeof(PostcodeEntry) ||
      header.names != body.size() - header.entries * sizeof(PostcodeEntry))
    return damaged("is damaged: its size is not the one it was written with");
  if (header.checksum != checksum_of(header, body)) return damaged("is damaged: its checksum is wrong");
  file.entry_count = header.entries;
  if (!read_names(body.substr(header.entries * sizeof(PostcodeEntry)), file))
    return damaged("has names of no known form");
  return file;
}

}  // namespace kiosk::areas
