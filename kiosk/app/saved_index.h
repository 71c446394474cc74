// The search index of the directory as it is now: taken from the file beside directory.db where that is of this
// generation, else built and saved. Whoever changes the directory builds it (keep_index()), so that whoever searches
// finds it made.
#pragma once

#include <filesystem>
#include <memory>

#include "kiosk/directory/directory.h"
#include "kiosk/search/search.h"

namespace kiosk::app {

// "directory.db" → "directory.index".
std::filesystem::path index_file_of(const std::filesystem::path& directory_db);

// Where the concepts are. NotFound as assets_folder().
core::Result<std::filesystem::path> lexicon_folder();

// A damaged file, one of another generation or of other concepts is built anew and replaced in one step; who has the
// old one open keeps it. Storage that takes no file costs a line in the log and a build at the next start.
// `lexicon`: the folder of the concepts; read only where an index is built. A fault in it is told in the log
// (`lexicon.faulty`), and costs the concepts that are not in a saved index of this generation, not the search.
core::Result<std::shared_ptr<const search::Index>> current_index(const directory::Directory& directory,
                                                                 const std::filesystem::path& file,
                                                                 const std::filesystem::path& lexicon);

// After a change of the directory, on the thread of whoever made it: the file is of this generation then.
core::Status keep_index(const directory::Directory& directory, const std::filesystem::path& directory_db);

}  // namespace kiosk::app
