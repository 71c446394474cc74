#include "tests/bench/search_queries.h"

#include <algorithm>
#include <map>

#include "tests/bench/search_names.h"
#include "tests/bench/slips.h"

namespace kiosk::bench {
namespace {

using directory::Service;
using std::string;
using std::string_view;

string organisation_or_nothing(const Service& service) {
  const std::vector<string> words = words_of(service.organisation.name);
  const bool council = words.back() == "Council" || words.back() == "Association";
  return council ? string() : lower(words.front());
}

// Words of the description that stand in few glosses.
string rare_words(const Corpus& corpus, const Service& service) {
  std::vector<string> rare;
  for (const string& word : words_of(lower(service.description))) {
    const auto found = corpus.often().find(word);
    const std::size_t often = found == corpus.often().end() ? 0 : found->second;
    if (word.size() >= 5 && often >= 2 && often <= 30) rare.push_back(word);
  }
  return rare.size() < 2 ? string() : rare[rare.size() - 2] + " " + rare.back();
}

string text_of(const Corpus& corpus, const Service& service, Intent intent) {
  const auto joined = [](const std::vector<string>& words, std::size_t most) {
    string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) text += (i > 0 ? " " : "") + lower(words[i]);
    return text;
  };
  const string type = service.categories.front().name;
  switch (intent) {
    case Intent::Name:
      return joined(words_of(service.name), 4);
    case Intent::NameAndTown:
      return joined(words_of(type), 3) + " " + lower(service.places.front().address->city);
    case Intent::Organisation:
      return joined(words_of(service.organisation.name), 3);
    case Intent::RareWords:
      return rare_words(corpus, service);
    case Intent::KnownService: {
      // What it is, who gives it, and where: enough to know it from a million others.
      const string who = organisation_or_nothing(service);
      if (who.empty()) return {};
      return joined(words_of(type), 2) + " " + who + " " +
             lower(words_of(service.places.front().address->lines[1]).back());
    }
  }
  return {};
}

}  // namespace

std::vector<Typed> typed_queries(const Corpus& corpus, std::size_t services) {
  constexpr std::size_t kRounds = 100;
  Random random(20'240'501);
  std::vector<Typed> typed;
  const auto make = [&](Intent intent) {
    while (true) {
      const std::size_t number = random.below(services);
      const string text = text_of(corpus, corpus.service(number), intent);
      if (!text.empty()) return std::pair(text, static_cast<std::uint32_t>(number));
    }
  };
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (const Intent intent : {Intent::Name, Intent::NameAndTown, Intent::Organisation, Intent::RareWords}) {
      const string text = make(intent).first;
      const bool slip = (round + static_cast<std::size_t>(intent)) % 2 == 1;
      typed.push_back({slip ? with_slips(text, 1, random) : text, intent, slip, kNobody});
    }
    for (int i = 0; i < 2; ++i) {
      const auto [text, number] = make(Intent::KnownService);
      typed.push_back({text, Intent::KnownService, false, number});
      typed.push_back({with_slips(text, 1, random), Intent::KnownService, true, number});
    }
  }
  return typed;
}

namespace {

constexpr std::size_t kMostLetters = 400;

// Words of the services by how often they stand in them, the commonest first; of equals by the alphabet.
std::vector<string> common_words(const Corpus& corpus, std::size_t services) {
  constexpr std::size_t kSample = 2000;
  std::map<string, std::size_t> often;
  for (std::size_t number = 0; number < std::min(kSample, services); ++number) {
    const Service service = corpus.service(number);
    for (const string& word : words_of(lower(service.name + " " + service.description))) ++often[word];
  }
  std::vector<string> words;
  for (const auto& [word, times] : often) words.push_back(word);
  std::stable_sort(words.begin(), words.end(), [&](const string& a, const string& b) { return often[a] > often[b]; });
  return words;
}

template <class Keep>
string joined(const std::vector<string>& words, string_view between, Keep keep) {
  string text;
  for (const string& word : words) {
    if (!keep(word)) continue;
    if (text.size() + word.size() > kMostLetters) break;
    text.append(text.empty() ? "" : between).append(word);
  }
  return text;
}

}  // namespace

std::vector<string> hostile_queries(const Corpus& corpus, std::size_t services) {
  const std::vector<string> common = common_words(corpus, services);
  const auto any = [](const string&) { return true; };
  const auto longer_than = [](std::size_t letters) {
    return [letters](const string& word) { return word.size() > letters; };
  };
  std::vector<string> queries = {joined(common, " ", any), joined(common, " ", longer_than(3)),
                                 joined(common, " ", longer_than(6)), joined(common, "", longer_than(3))};
  string letters, pairs, slips;
  for (std::size_t i = 0; i < kMostLetters / 2; ++i) letters += string(1, static_cast<char>('a' + i % 26)) + " ";
  for (const string& word : common) pairs += word.substr(0, 2) + " ";
  Random random(1);
  for (const string& word : common) {
    if (word.size() > 9 && slips.size() < kMostLetters) slips += with_slips(word, 2, random) + " ";
  }
  slips.pop_back();
  for (const string& text : {letters, pairs, slips}) queries.push_back(text.substr(0, kMostLetters));
  queries.insert(queries.end(), {string(kMostLetters, 'a'), "s", "co", "com", "serv", "council s"});
  return queries;
}

}  // namespace kiosk::bench
