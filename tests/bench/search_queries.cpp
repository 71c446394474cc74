#include "tests/bench/search_queries.h"

#include <algorithm>
#include <map>

#include "tests/bench/search_names.h"

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

constexpr string_view kRows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

char neighbour(char c, Random& random) {
  for (std::size_t y = 0; y < 3; ++y) {
    const std::size_t x = kRows[y].find(c);
    if (x == string_view::npos) continue;
    string near;
    if (x > 0) near += kRows[y][x - 1];
    if (x + 1 < kRows[y].size()) near += kRows[y][x + 1];
    if (y > 0) near += kRows[y - 1][x];
    if (y < 2 && x < kRows[y + 1].size()) near += kRows[y + 1][x];
    return one_of(near, random);
  }
  return 'e';
}

}  // namespace

string with_slip(const string& text, Random& random) {
  std::vector<std::pair<std::size_t, std::size_t>> words;  // begin, length
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const bool letters =
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
                    [](char c) { return c >= 'a' && c <= 'z'; });
    if (letters && end - begin >= 5) words.emplace_back(begin, end - begin);
    begin = end + 1;
  }
  if (words.empty()) return text;
  const auto [begin, length] = one_of(words, random);
  for (int tries = 0; tries < 20; ++tries) {
    string slipped = text;
    const std::size_t at = begin + random.below(length);
    switch (random.below(4)) {
      case 0:
        slipped[at] = neighbour(slipped[at], random);
        break;
      case 1:
        slipped.erase(at, 1);
        break;
      case 2:
        slipped.insert(at, 1, random.below(2) == 0 ? slipped[at] : neighbour(slipped[at], random));
        break;
      default:
        if (at + 1 < begin + length) std::swap(slipped[at], slipped[at + 1]);
        break;
    }
    if (slipped != text) return slipped;
  }
  return text;
}

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
      typed.push_back({slip ? with_slip(text, random) : text, intent, slip, kNobody});
    }
    for (int i = 0; i < 2; ++i) {
      const auto [text, number] = make(Intent::KnownService);
      typed.push_back({text, Intent::KnownService, false, number});
      typed.push_back({with_slip(text, random), Intent::KnownService, true, number});
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
    if (word.size() > 9 && slips.size() < kMostLetters) slips += with_slip(with_slip(word, random), random) + " ";
  }
  slips.pop_back();
  for (const string& text : {letters, pairs, slips}) queries.push_back(text.substr(0, kMostLetters));
  queries.insert(queries.end(), {string(kMostLetters, 'a'), "s", "co", "com", "serv", "council s"});
  return queries;
}

}  // namespace kiosk::bench
