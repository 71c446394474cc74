// kioskctl search, lexicon.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/app/knowledge.h"
#include "kiosk/core/json.h"

namespace kiosk::app {
namespace {

core::Json to_json(const search::Hit& hit) {
  core::Json json = {{"id", hit.key.id}, {"source", hit.key.source}, {"name", hit.name}, {"score", hit.score}};
  for (const search::Factor& factor : hit.factors)
    json["factors"].push_back({{"what", factor.what}, {"detail", factor.detail}, {"value", factor.value}});
  return json;
}

core::Json to_json(const search::Answer& answer, const std::string& query, double ms) {
  core::Json results = core::Json::array();
  for (const search::Hit& hit : answer.hits) results.push_back(to_json(hit));
  core::Json json = {{"query", query}, {"ms", ms}, {"results", std::move(results)}};
  if (!answer.suggestions.empty()) json["suggestions"] = answer.suggestions;
  for (const search::NearConcept& each : answer.concepts) json["concepts"].push_back(each.id);
  if (answer.weak) json["weak"] = true;
  return json;
}

// One query with the time it took; the resident's words go no further than the answer.
core::Json timed_search(const Knowledge& knowledge, const search::Query& query) {
  const auto begin = std::chrono::steady_clock::now();
  const search::Answer answer = knowledge.find(query);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  return to_json(answer, query.text, took.count());
}

int search_batch(const Knowledge& knowledge, search::Query query, const std::string& file) {
  std::ifstream opened;
  if (file != "-") {
    opened.open(file);
    if (!opened) return say_failed(kProgram, "search", core::make_error(core::ErrorKind::Io, "cannot be read", file));
  }
  std::istream& lines = file == "-" ? std::cin : opened;
  for (std::string line; std::ferror(stdout) == 0 && std::getline(lines, line);) {
    query.text = line;
    std::printf("%s\n", core::dump_json(timed_search(knowledge, query)).c_str());
  }
  if (!lines.bad()) return kGood;  // a folder opens like a file, and fails when it is read
  return say_failed(kProgram, "search", core::make_error(core::ErrorKind::Io, "cannot be read", file));
}

core::Status take_postcode(const Knowledge& knowledge, const std::string& postcode, search::Query& query) {
  if (postcode.empty()) return {};
  KIOSK_TRY(const areas::Answer area, find_area(knowledge.areas(), postcode));
  set_address(query, area);
  return {};
}

void print_answer(const core::Json& answer) {
  for (const core::Json& hit : answer["results"]) {
    std::printf("%7.2f  %-24s %s\n", hit["score"].get<double>(), hit["source"].get<std::string>().c_str(),
                hit["name"].get<std::string>().c_str());
    if (!hit.contains("factors")) continue;
    for (const core::Json& factor : hit["factors"])
      std::printf("           %8.3f  %-10s %s\n", factor["value"].get<double>(),
                  factor["what"].get<std::string>().c_str(), factor["detail"].get<std::string>().c_str());
  }
  if (answer["results"].empty()) std::printf("nothing found\n");
  if (!answer.contains("suggestions")) return;
  for (const core::Json& suggestion : answer["suggestions"])
    std::printf("did you mean: %s\n", suggestion.get<std::string>().c_str());
}

}  // namespace

int run_search(const CommonOptions& common, const SearchArguments& arguments) {
  const auto site = open_site(common);
  if (!site.ok()) return say_failed(kProgram, "search", site.error());
  const core::SystemClock clock;
  const auto knowledge = Knowledge::open(site->settings, site->files.directory_db, clock);
  if (!knowledge.ok()) return say_failed(kProgram, "search", knowledge.error());
  search::Query query;
  query.text = arguments.query;
  query.language = arguments.language;
  query.limit = static_cast<std::size_t>(arguments.limit);
  query.last_word_is_prefix = false;
  query.near = site->settings->kiosk.point;
  query.explain = arguments.explain;
  if (const core::Status set = take_postcode(**knowledge, arguments.postcode, query); !set.ok())
    return say_failed(kProgram, "search", set.error());
  if (!arguments.batch.empty()) return search_batch(**knowledge, query, arguments.batch);
  const core::Json answer = timed_search(**knowledge, query);
  if (arguments.json) {
    std::printf("%s\n", core::dump_json(answer).c_str());
  } else {
    print_answer(answer);
  }
  return kGood;
}

int run_lexicon_check(const std::filesystem::path& folder) {
  std::filesystem::path place = folder;
  if (place.empty()) {
    const auto assets = assets_folder();
    if (!assets.ok()) return say_failed(kProgram, "lexicon", assets.error());
    place = *assets / "search";
  }
  const auto concepts = search::load_concepts(place);
  if (!concepts.ok()) return say_failed(kProgram, "lexicon", concepts.error());
  std::size_t phrases = 0;
  for (const search::Concept& one : concepts->concepts) {
    for (const auto& words : one.words) phrases += words.size();
  }
  std::printf("%zu concepts, %zu everyday phrases in %zu languages\n", concepts->concepts.size(), phrases,
              search::kConceptLanguages.size());
  return kGood;
}

}  // namespace kiosk::app
