#include "kiosk/search/concepts.h"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"
#include "kiosk/search/function_words.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFileBytes = std::size_t{4} << 20;
constexpr std::size_t kMostConcepts = 4000;
constexpr std::size_t kMostPhrases = 64;
constexpr std::size_t kMostPhraseBytes = 200;
constexpr std::size_t kFewestPhrases = 2;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some editors begin a file with it

// Whether any word of a phrase tells something: of "the; my" and "!!!" none does.
bool tells(std::string_view phrase, std::string_view language) {
  const std::vector<Token> words = tokenize(phrase, kMostPhraseBytes);
  return std::any_of(words.begin(), words.end(), [&](const Token& token) { return may_tell(token.word, language); });
}

// Reads one file, block by block.
class Reader {
 public:
  Reader(std::string name, std::map<std::string, std::string>& ids, std::vector<Concept>& out)
      : name_(std::move(name)), ids_(ids), out_(out) {}

  core::Status read(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ++line_;
      KIOSK_CHECK(read_line(core::trim(text.substr(0, end))));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return close();
  }

 private:
  core::Error fault(const std::string& what) const {
    const std::string in = open_ ? "concept " + concept_.id + ": " : std::string();
    return core::make_error(core::ErrorKind::Invalid, in + what, name_ + ":" + std::to_string(line_));
  }

  core::Status read_line(std::string_view line) {
    if (line.starts_with('#')) return {};
    if (line.empty()) return close();
    if (line.starts_with("concept ")) {
      KIOSK_CHECK(close());
      return begin(std::string(core::trim(line.substr(8))));
    }
    const std::size_t colon = line.find(':');
    if (!open_) return fault("a block begins with a line \"concept <id>\"");
    if (colon == std::string_view::npos) return fault("a line is \"<language>: phrase; phrase\"");
    return read_phrases(std::string(line.substr(0, colon)), line.substr(colon + 1));
  }

  core::Status begin(std::string id) {
    const bool good = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!good) return fault("an id is of small letters, digits and '-'");
    const auto [held, fresh] = ids_.try_emplace(id, name_);
    if (!fresh) return fault("the id " + id + " is used in " + held->second + " already");
    if (out_.size() >= kMostConcepts) return fault("more than " + std::to_string(kMostConcepts) + " concepts");
    concept_ = {};
    concept_.id = std::move(id);
    open_ = true;
    next_ = 0;
    return {};
  }

  // services, then each language, in this order and none left out.
  std::string expected() const {
    return next_ == 0 ? "services" : next_ <= kConceptLanguages.size() ? std::string(kConceptLanguages[next_ - 1]) : "";
  }

  core::Status read_phrases(const std::string& label, std::string_view text) {
    if (label != expected())
      return fault(expected().empty() ? "nothing follows the last language, but here is \"" + label + "\""
                                      : "here comes \"" + expected() + ":\", not \"" + label + "\"");
    std::vector<std::string> phrases = core::split(text, ';');
    if (phrases.size() < kFewestPhrases) return fault(label + ": at least two phrases, parted by ';'");
    if (phrases.size() > kMostPhrases) return fault(label + ": more than " + std::to_string(kMostPhrases) + " phrases");
    const std::string_view language = next_ == 0 ? kConceptLanguages.front() : kConceptLanguages[next_ - 1];
    for (const std::string& phrase : phrases) {
      if (phrase.size() > kMostPhraseBytes || !core::is_valid_utf8(phrase))
        return fault(label + ": a phrase is too long, or not UTF-8");
      if (!tells(phrase, language))
        return fault(label + ": \"" + phrase + "\" has no word that tells; function words are ignored");
    }
    (next_ == 0 ? concept_.services : concept_.words[next_ - 1]) = std::move(phrases);
    ++next_;
    return {};
  }

  core::Status close() {
    if (!open_) return {};
    if (!expected().empty()) return fault("the line \"" + expected() + ":\" is missing");
    out_.push_back(std::move(concept_));
    open_ = false;
    return {};
  }

  std::string name_;
  std::map<std::string, std::string>& ids_;
  std::vector<Concept>& out_;
  Concept concept_;
  std::size_t line_ = 0, next_ = 0;
  bool open_ = false;
};

// The files of a lexicon, in order, one after another: visit(name, text).
template <class Visit>
core::Status for_each_file(const fs::path& folder, Visit visit) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (auto entry = fs::directory_iterator(folder, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    if (entry->path().extension() == ".txt") files.push_back(entry->path());
  }
  if (failed) return core::make_error(core::ErrorKind::NotFound, failed.message(), folder.string());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    KIOSK_TRY(const std::string text, core::read_file(file, kMostFileBytes));
    KIOSK_CHECK(visit(file.filename().string(), text));
  }
  return {};
}

std::uint64_t add_to_fingerprint(const std::string& text, std::uint64_t so_far) {
  return XXH3_64bits_withSeed(text.data(), text.size(), so_far);
}

}  // namespace

std::size_t concept_language(std::string_view language) {
  const auto found = std::find(kConceptLanguages.begin(), kConceptLanguages.end(), language);
  return found == kConceptLanguages.end() ? 0 : static_cast<std::size_t>(found - kConceptLanguages.begin());
}

core::Result<std::uint64_t> fingerprint_of_concepts(const fs::path& folder) {
  std::uint64_t fingerprint = 0;
  KIOSK_CHECK(for_each_file(folder, [&](const std::string&, const std::string& text) -> core::Status {
    fingerprint = add_to_fingerprint(text, fingerprint);
    return {};
  }));
  return fingerprint;
}

core::Result<ConceptList> load_concepts(const fs::path& folder) {
  ConceptList list;
  std::map<std::string, std::string> ids;
  KIOSK_CHECK(for_each_file(folder, [&](const std::string& name, const std::string& text) -> core::Status {
    list.fingerprint = add_to_fingerprint(text, list.fingerprint);
    return Reader(name, ids, list.concepts).read(text);
  }));
  if (list.concepts.empty())
    return core::make_error(core::ErrorKind::Invalid, "holds no concepts (*.txt)", folder.string());
  std::sort(list.concepts.begin(), list.concepts.end(), [](const Concept& a, const Concept& b) { return a.id < b.id; });
  return list;
}

}  // namespace kiosk::search
