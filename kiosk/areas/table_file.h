// A table of areas in one file: header, postcodes, names. Private to areas.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "kiosk/areas/authority_csv.h"
#include "kiosk/areas/postcode_table.h"
#include "kiosk/core/mapped_file.h"
#include "kiosk/core/result.h"

namespace kiosk::areas {

// 64 bytes of header with a checksum (XXH3) of all else; the entries of the PostcodeTable as they are in memory, so
// that they are used where they are mapped; the areas and authorities, a few hundred, as JSON.
struct TableFile {
  core::MappedFile mapped;
  std::size_t entry_count = 0;
  std::vector<CouncilCodes> areas;
  std::vector<AuthorityRow> authorities;

  std::span<const PostcodeEntry> entries() const;  // lives as long as the file is mapped
};

core::Status write_table(const std::filesystem::path& file, const PostcodeTable& postcodes,
                         const std::vector<AuthorityRow>& authorities);
// NotFound, Io; Corrupt for anything but a whole table; Unsupported for one of another version or byte order.
core::Result<TableFile> read_table(const std::filesystem::path& file);

}  // namespace kiosk::areas
