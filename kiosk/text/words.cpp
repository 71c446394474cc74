#include "kiosk/text/words.h"

#include <algorithm>

#include "kiosk/core/files.h"
#include "kiosk/text/language_state.h"

namespace kiosk::text {

namespace {
constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;
constexpr std::string_view kEnglish = "en";
}  // namespace

struct Words::State {
  std::vector<std::unique_ptr<Language>> languages;  // English first
  std::vector<LanguageInfo> infos;

  const Language* find(std::string_view code) const {
    const auto found = std::find_if(languages.begin(), languages.end(),
                                    [&](const auto& language) { return language->code() == code; });
    return found == languages.end() ? nullptr : found->get();
  }
};

Words::Words(std::unique_ptr<State> state) : state_(std::move(state)) {}
Words::~Words() = default;

core::Result<std::shared_ptr<const Words>> Words::load(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".json") continue;
    KIOSK_TRY(files[entry->path().stem().string()], core::read_file(entry->path(), kMaxFileBytes));
  }
  if (error) return core::make_error(core::ErrorKind::NotFound, "cannot list the words: " + error.message(), folder);
  auto words = parse(files);
  if (!words.ok() && words.error().kind == core::ErrorKind::NotFound) {
    return core::make_error(core::ErrorKind::NotFound, words.error().what, folder / "en.json");
  }
  return words;
}

core::Result<std::shared_ptr<const Words>> Words::parse(const std::map<std::string, std::string>& files) {
  if (!files.contains(std::string(kEnglish))) {
    return core::make_error(core::ErrorKind::NotFound, "there are no English words", "en.json");
  }
  auto state = std::make_unique<State>();
  for (const auto& [code, json] : files) {
    KIOSK_TRY(auto language, Language::State::parse(code, json));
    state->languages.push_back(std::unique_ptr<Language>(new Language(std::move(language))));
  }
  std::sort(state->languages.begin(), state->languages.end(), [](const auto& a, const auto& b) {
    const bool a_english = a->code() == kEnglish;
    const bool b_english = b->code() == kEnglish;
    return a_english != b_english ? a_english : a->info().own_name < b->info().own_name;
  });
  for (const auto& language : state->languages) {
    state->infos.push_back(language->info());
    if (language->code() != kEnglish) language->state_->english = state->languages.front().get();
  }
  return std::shared_ptr<const Words>(new Words(std::move(state)));
}

const std::vector<LanguageInfo>& Words::languages() const { return state_->infos; }
bool Words::has_language(std::string_view code) const { return state_->find(code) != nullptr; }

const Language& Words::in(std::string_view code) const {
  if (const Language* exact = state_->find(code)) return *exact;
  if (const Language* general = state_->find(code.substr(0, code.find_first_of("-_")))) return *general;
  return *state_->languages.front();
}

std::set<std::string> Words::keys() const {
  std::set<std::string> result;
  for (const auto& language : state_->languages) {
    for (const auto& [key, entry] : language->state_->entries) result.insert(key);
  }
  return result;
}

std::vector<LintFinding> Words::lint() const {
  std::vector<LintFinding> findings;
  for (const auto& language : state_->languages) lint_language(*language, *state_->languages.front(), findings);
  return findings;
}

}  // namespace kiosk::text
