#include "kiosk/app/saved_index.h"

#include "kiosk/app/places_on_disk.h"
#include "kiosk/core/log.h"
#include "kiosk/search/directory_source.h"

namespace kiosk::app {
namespace {

using SharedIndex = std::shared_ptr<const search::Index>;

// The saved one, where it is of this generation and these concepts; of any where none are told.
core::Result<SharedIndex> saved_index(const std::filesystem::path& file, std::optional<std::uint64_t> concepts,
                                      std::int64_t generation) {
  KIOSK_TRY(SharedIndex saved, search::Index::open(file, concepts));
  if (saved->generation() != generation)
    return core::make_error(core::ErrorKind::NotFound, "is of another generation", file.string());
  return saved;
}

// Residents search by the names of services alone rather than not at all: none of the concepts where one is faulty.
search::ConceptList sound_concepts(const std::filesystem::path& lexicon) {
  auto concepts = search::load_concepts(lexicon);
  if (concepts.ok()) return std::move(concepts).value();
  core::log_error("lexicon.faulty", {{"error", concepts.error()}});
  return {};
}

}  // namespace

std::filesystem::path index_file_of(const std::filesystem::path& directory_db) {
  return std::filesystem::path(directory_db).replace_extension(".index");
}

core::Result<std::filesystem::path> lexicon_folder() {
  KIOSK_TRY(const std::filesystem::path assets, assets_folder());
  return assets / "search";
}

core::Result<SharedIndex> current_index(const directory::Directory& directory, const std::filesystem::path& file,
                                        const std::filesystem::path& lexicon) {
  KIOSK_TRY(const search::DirectorySource source, search::DirectorySource::open(directory));
  const auto fingerprint = search::fingerprint_of_concepts(lexicon);
  if (fingerprint.ok()) {
    auto saved = saved_index(file, *fingerprint, source.generation());
    if (saved.ok()) return saved;
    if (saved.error().kind != core::ErrorKind::NotFound)
      core::log_warning("index.built_anew", {{"file", file.string()}, {"why", saved.error()}});
  }
  const search::ConceptList concepts = sound_concepts(lexicon);
  if (concepts.concepts.empty()) {
    // Those of before the fault are better than none.
    auto saved = saved_index(file, std::nullopt, source.generation());
    if (saved.ok()) return saved;
  }
  KIOSK_TRY(SharedIndex built, search::Index::build(source, concepts));
  if (const core::Status kept = built->save(file); !kept.ok()) {
    core::log_warning("index.not_saved", {{"file", file.string()}, {"why", kept.error()}});
    return built;
  }
  // From the file, so that its pages can leave memory while nobody searches.
  auto mapped = search::Index::open(file, concepts.fingerprint);
  return mapped.ok() ? std::move(mapped) : core::Result<SharedIndex>(std::move(built));
}

core::Status keep_index(const directory::Directory& directory, const std::filesystem::path& directory_db) {
  KIOSK_TRY(const std::filesystem::path lexicon, lexicon_folder());
  const auto index = current_index(directory, index_file_of(directory_db), lexicon);
  if (!index.ok()) return index.error();
  return {};
}

}  // namespace kiosk::app
