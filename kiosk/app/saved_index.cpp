#include "kiosk/app/saved_index.h"

#include "kiosk/core/log.h"
#include "kiosk/search/directory_source.h"

namespace kiosk::app {

std::filesystem::path index_file_of(const std::filesystem::path& directory_db) {
  return std::filesystem::path(directory_db).replace_extension(".index");
}

core::Result<std::shared_ptr<const search::Index>> current_index(const directory::Directory& directory,
                                                                 const std::filesystem::path& file,
                                                                 const std::filesystem::path& lexicon) {
  KIOSK_TRY(const search::DirectorySource source, search::DirectorySource::open(directory));
  KIOSK_TRY(const std::uint64_t fingerprint, search::fingerprint_of_concepts(lexicon));
  auto saved = search::Index::open(file, fingerprint);
  if (saved.ok() && (*saved)->generation() == source.generation()) return saved;
  if (!saved.ok() && saved.error().kind != core::ErrorKind::NotFound)
    core::log_warning("index.built_anew", {{"file", file.string()}, {"why", saved.error()}});
  KIOSK_TRY(const search::ConceptList concepts, search::load_concepts(lexicon));
  KIOSK_TRY(auto built, search::Index::build(source, concepts));
  if (const core::Status kept = built->save(file); !kept.ok()) {
    core::log_warning("index.not_saved", {{"file", file.string()}, {"why", kept.error()}});
    return built;
  }
  // From the file, so that its pages can leave memory while nobody searches.
  auto mapped = search::Index::open(file, concepts.fingerprint);
  return mapped.ok() ? std::move(mapped) : core::Result<std::shared_ptr<const search::Index>>(std::move(built));
}

}  // namespace kiosk::app
