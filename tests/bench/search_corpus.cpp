#include "tests/bench/search_corpus.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "tests/bench/search_names.h"

namespace kiosk::bench {
namespace {

using directory::Category;
using directory::Service;
using std::string;
using std::string_view;

constexpr std::size_t kWordsOfDescription = 104;

constexpr std::array<string_view, 16> kOwn = {
    "{type} for people who live in {place} and the villages around it.",
    "Our friendly team in {town} will talk through what you need and explain the next steps.",
    "You can apply online, by telephone or in person at {place}.",
    "We offer help with forms, letters and telephone calls, and can meet you at home.",
    "Sessions are held every {day} in {place}; please ring before you come for the first time.",
    "There is a small charge towards refreshments, and free places for people on low income.",
    "Bring proof of your address and a recent letter about any benefit that you receive.",
    "The building has step-free access, an accessible toilet and a hearing loop.",
    "Referrals are taken from doctors, social workers and schools, or you can refer yourself.",
    "{surname} has worked with residents of {town} for more than twenty years.",
    "Open to everyone, whatever your age, background or experience.",
    "We aim to answer within five working days, sooner where somebody is at risk.",
    "Interpreters can be arranged if you tell us your language when you book.",
    "Call in on {day} morning between ten and noon, no appointment needed.",
    "If your circumstances change, tell us straight away so that we can update your record.",
    "Volunteers from {place} run this service and new helpers are always welcome."};

constexpr std::array<string_view, 10> kEligibility = {
    "Anybody who lives in {town}.",
    "Adults aged eighteen or over who live in the council's area.",
    "Families with at least one child under five.",
    "People aged sixty or over, and their carers.",
    "Council tenants and leaseholders.",
    "Young people from eleven to nineteen, or to twenty five with a disability.",
    "People who receive a means tested benefit.",
    "Residents of {place} and {town} with a long term illness.",
    "Anyone who looks after a relative or friend without pay.",
    "Businesses and charities with premises in {town}."};

constexpr std::array<string_view, 5> kDays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};

struct Slots {
  string_view type, place, town, surname, day;
};

string filled(string_view sentence, const Slots& slots) {
  string out;
  while (true) {
    const std::size_t begin = sentence.find('{');
    out += sentence.substr(0, begin);
    if (begin == string_view::npos) return out;
    const std::size_t end = sentence.find('}', begin);
    const string_view slot = sentence.substr(begin + 1, end - begin - 1);
    out += slot == "type"    ? slots.type
           : slot == "place" ? slots.place
           : slot == "town"  ? slots.town
           : slot == "day"   ? slots.day
                             : slots.surname;
    sentence.remove_prefix(end + 1);
  }
}

std::size_t count_words(string_view text) {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

// A gloss is a definition and examples: `a mutual action; "they kept in contact"`.
void add_sentences(string_view gloss, std::vector<string>& out) {
  string sentence;
  const auto close = [&] {
    const std::size_t begin = sentence.find_first_not_of(' ');
    if (begin != string::npos) {
      string trimmed = sentence.substr(begin, sentence.find_last_not_of(' ') + 1 - begin);
      if (count_words(trimmed) >= 4) {
        if (trimmed[0] >= 'a' && trimmed[0] <= 'z') trimmed[0] = static_cast<char>(trimmed[0] - 'a' + 'A');
        out.push_back(trimmed + ".");
      }
    }
    sentence.clear();
  };
  for (const char c : gloss) {
    if (c == ';') {
      close();
    } else if (c != '"') {
      sentence += c;
    }
  }
  close();
}

directory::Place where_it_is(const string& place, const string& town, std::size_t town_number, Random& random) {
  directory::Place where;
  where.name = random.below(2) == 0 ? place + " Hall" : surname(random.below(kSurnames)) + " House";
  where.address.emplace();
  const string street = street_name(random);
  const string of_street = surname(random.below(kSurnames));
  where.address->lines.push_back(std::to_string(1 + random.below(200)) + " " + of_street + " " + street);
  where.address->lines.push_back(place);
  where.address->city = town;
  where.address->postcode = postcode(town_number, random);
  const double north = random.unit(), east = random.unit();
  where.point = core::GeoPoint{51 + static_cast<double>(town_number % 20) * 0.15 + north * 0.1,
                               -3 + static_cast<double>(town_number / 20) * 0.2 + east * 0.1};
  if (random.below(3) == 0) where.accessibility.push_back("wheelchair accessible");
  return where;
}

}  // namespace

// Of one service, before its texts are made.
struct Corpus::Chosen {
  std::size_t type_number = 0, town_number = 0;
  string town, place;
  std::size_t surname_number = 0;
  string of_surname;
  string_view day;
  Slots slots() const { return {type_name(type_number), place, town, of_surname, day}; }
};

Corpus::Corpus() : types_(kTypes), towns_(kTowns), places_(kPlaces) {}

core::Result<Corpus> Corpus::open(const std::filesystem::path& wordnet) {
  Corpus corpus;
  for (const char* part : {"data.noun", "data.verb", "data.adj", "data.adv"}) {
    std::ifstream file(wordnet / part);
    if (!file) return core::make_error(core::ErrorKind::NotFound, "no glosses of WordNet", (wordnet / part).string());
    for (string line; std::getline(file, line);) {
      const std::size_t bar = line.find(" | ");
      if (line.starts_with("  ") || bar == string::npos) continue;  // the licence
      add_sentences(string_view(line).substr(bar + 3), corpus.glosses_);
    }
  }
  for (const string& gloss : corpus.glosses_) {
    for (const string& word : words_of(lower(gloss))) ++corpus.often_[word];
  }
  return corpus;
}

string Corpus::description(const Chosen& chosen, Random& random) const {
  string text;
  const std::size_t own = 2 + random.below(2);
  for (std::size_t i = 0; i < own; ++i) text += filled(one_of(kOwn, random), chosen.slots()) + " ";
  // Records differ in length.
  const std::size_t wanted = kWordsOfDescription / 2 + random.below(kWordsOfDescription);
  for (std::size_t words = count_words(text); words < wanted;) {
    const string& gloss = glosses_[random.below(glosses_.size())];
    words += count_words(gloss);
    text += gloss + " ";
  }
  text.pop_back();
  return text;
}

Service Corpus::service(std::size_t number) const {
  Random random(number * 0x2545f4914f6cdd1d + 1);
  Chosen chosen;
  chosen.type_number = types_.pick(random);
  chosen.town_number = towns_.pick(random);
  chosen.town = town_name(chosen.town_number);
  chosen.place = place_name(places_.pick(random));
  chosen.surname_number = random.below(kSurnames);
  chosen.of_surname = surname(chosen.surname_number);
  chosen.day = one_of(kDays, random);
  const string_view type = type_name(chosen.type_number), group = group_name(chosen.type_number);

  Service service;
  service.key = {"bench", std::to_string(number)};
  service.name = service_name(type, chosen.place, chosen.of_surname, random);
  if (random.below(4) == 0) service.alternate_names.push_back(chosen.of_surname + " " + lower(string(group)));
  service.organisation.name = organisation_name(chosen.surname_number, chosen.town, chosen.place, random);
  service.organisation.authority = "E0" + std::to_string(6000000 + chosen.town_number);
  service.eligibility = filled(one_of(kEligibility, random), chosen.slots());
  service.description = description(chosen, random);
  const string group_id = "g" + std::to_string(chosen.type_number % kGroupsOfTypes);
  service.categories.push_back(Category{"t" + std::to_string(chosen.type_number), string(type), "bench", group_id});
  service.categories.push_back(Category{group_id, string(group), "bench", ""});
  service.places.push_back(where_it_is(chosen.place, chosen.town, chosen.town_number, random));
  if (random.below(2) == 0) service.costs.push_back(directory::Cost{"", 0.0, "GBP", ""});
  service.checked = core::Instant(std::chrono::seconds(1'750'000'000 + number % 10'000'000));
  return service;
}

}  // namespace kiosk::bench
