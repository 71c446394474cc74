#include "tests/bench/search_corpus.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <span>

namespace kiosk::bench {
namespace {

using directory::Category;
using directory::Service;
using std::string;
using std::string_view;

constexpr std::size_t kTowns = 300;
constexpr std::size_t kPlaces = 6000;
constexpr std::size_t kSurnames = 40'000;
constexpr std::size_t kWordsOfDescription = 104;

struct Group {
  string_view name;
  std::array<string_view, 12> types;
};

// The first of each group are the commonest, as the groups are taken in turn.
constexpr std::array<Group, 14> kGroups = {{
    {"Waste and recycling",
     {"Bin collection", "Bulky waste collection", "Garden waste", "Recycling centre", "Missed bin report",
      "Fly tipping report", "Clinical waste collection", "Assisted bin collection", "New recycling box",
      "Food waste caddy", "Reuse shop", "Skip permit"}},
    {"Money and benefits",
     {"Housing benefit", "Council tax reduction", "Debt advice", "Welfare rights advice", "Food bank",
      "Discretionary housing payment", "Free school meals", "Hardship fund", "Carers allowance help",
      "Fuel voucher scheme", "Credit union", "Personal independence payment support"}},
    {"Care and support",
     {"Home care", "Day centre", "Carers support group", "Memory cafe", "Meals on wheels", "Falls prevention class",
      "Community alarm", "Occupational therapy", "Befriending service", "Respite care", "Shopping help",
      "Sensory impairment team"}},
    {"Health",
     {"GP surgery", "Pharmacy", "Mental health drop-in", "Smoking cessation clinic", "Sexual health clinic",
      "Talking therapies", "Physiotherapy", "Dental practice", "Needle exchange", "Hearing aid clinic",
      "Blood pressure check", "Walking group for health"}},
    {"Housing",
     {"Homelessness prevention", "Housing register", "Council house repairs", "Sheltered housing", "Night shelter",
      "Tenancy sustainment", "Home improvement agency", "Private renting advice", "Women's refuge",
      "Disabled facilities grant", "Hostel", "Mutual exchange"}},
    {"Children and families",
     {"Children's centre", "Stay and play", "Health visitor clinic", "Parenting course", "Baby massage", "Nursery",
      "After school club", "Family support worker", "Childminder network", "Toy library", "Breastfeeding support",
      "Fostering team"}},
    {"Schools and learning",
     {"School admissions", "Adult learning", "English classes", "Special educational needs advice", "School transport",
      "Digital skills course", "Homework club", "Careers advice", "Apprenticeship hub", "Library", "Music service",
      "Governor support"}},
    {"Leisure and culture",
     {"Leisure centre", "Swimming lessons", "Community choir", "Museum", "Lunch club", "Art class", "Allotments",
      "Football club", "Local history society", "Theatre group", "Chair based exercise", "Knit and natter"}},
    {"Roads and travel",
     {"Parking permit", "Blue badge", "Pothole report", "Street light fault", "Concessionary bus pass",
      "Community transport", "Dial a ride", "Cycle training", "Shopmobility", "School crossing patrol",
      "Dropped kerb application", "Taxi licensing"}},
    {"Planning and building",
     {"Planning application", "Building control", "Listed building advice", "Tree preservation", "Land charges search",
      "Street naming", "Planning enforcement", "Conservation area advice", "Neighbourhood plan", "Party wall advice",
      "High hedge complaint", "Dangerous structure report"}},
    {"Council and democracy",
     {"Register to vote", "Council meeting", "Complaint about the council", "Freedom of information request",
      "Birth registration", "Death registration", "Marriage ceremony", "Citizenship ceremony",
      "Customer contact centre", "Councillor surgery", "Petition", "Copy certificate"}},
    {"Safety and law",
     {"Domestic abuse support", "Victim support", "Neighbourhood policing", "Anti social behaviour report",
      "Trading standards", "Fire safety visit", "Mediation service", "Hate crime reporting", "Street drinking outreach",
      "Probation office", "Noise nuisance", "Legal advice clinic"}},
    {"Work and business",
     {"Job club", "Business rates", "Business start-up advice", "Market stall licence", "Food hygiene inspection",
      "Volunteer centre", "Redundancy support", "Employment support", "Premises licence", "Small business grant",
      "Workspace", "Pavement licence"}},
    {"Communities",
     {"Community centre", "Refugee welcome", "Faith group", "Youth club", "Men's shed", "Repair cafe",
      "Residents association", "Interpreting service", "Asian women's group", "LGBT social group", "Armed forces hub",
      "Bereavement group"}},
}};
constexpr std::size_t kTypes = kGroups.size() * 12;

constexpr std::array<string_view, 22> kQualifiers = {"for older people",    "for young people",  "for carers",
                                                     "for families",        "for women",         "for beginners",
                                                     "for disabled people", "for new arrivals",  "for under fives",
                                                     "for veterans",        "drop-in",           "outreach",
                                                     "by telephone",        "evening sessions",  "weekend sessions",
                                                     "mobile service",      "emergency service", "advice line",
                                                     "home visits",         "online booking",    "weekly group",
                                                     "holiday scheme"};

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

constexpr std::array<string_view, 60> kSurnameBegins = {
    "Al",  "Ash", "Bal", "Bar",  "Bec", "Ben", "Bor", "Brad", "Bur", "Cal",  "Car",  "Chad", "Cor", "Cran", "Dal",
    "Dan", "Den", "Dor", "Dun",  "Ed",  "El",  "Fal", "Far",  "Fen", "Gar",  "Gil",  "Gor",  "Had", "Hal",  "Ham",
    "Har", "Hol", "Hux", "In",   "Jar", "Kel", "Ken", "Kin",  "Lan", "Lin",  "Lor",  "Mal",  "Mar", "Mel",  "Mor",
    "Nor", "Pem", "Pen", "Pres", "Rad", "Ros", "Rud", "Sal",  "Sel", "Shel", "Stan", "Tal",  "Tor", "Wal",  "Win"};
constexpr std::array<string_view, 26> kSurnameMiddles = {"",   "a",   "al", "am", "ber", "bi", "col", "da", "del",
                                                         "el", "er",  "fi", "go", "ing", "is", "ken", "la", "ler",
                                                         "mo", "nel", "o",  "ri", "sen", "ti", "van", "wi"};
constexpr std::array<string_view, 26> kSurnameEnds = {
    "acre", "ard", "by",   "combe", "cott", "croft", "den",  "don",  "field", "gate",  "ham", "hurst", "land",
    "ley",  "man", "mond", "more",  "ney",  "on",    "rick", "shaw", "son",   "stock", "ton", "well",  "worth"};
constexpr std::array<string_view, 50> kPlaceBegins = {
    "Ash",   "Barn", "Beck", "Birch", "Black", "Brad",  "Bram",  "Broad", "Brook", "Cattle", "Chal", "Clay",  "Cold",
    "Crow",  "Dale", "Down", "Elm",   "Fair",  "Farn",  "Fern",  "Gran",  "Green", "Had",    "Hart", "Hazel", "Heath",
    "High",  "King", "Lamb", "Lang",  "Mal",   "Marsh", "Mill",  "Moor",  "New",   "Nor",    "Oak",  "Pen",   "Queen",
    "Raven", "Red",  "Rush", "Sand",  "Shep",  "Stock", "Thorn", "Wake",  "Wells", "Whit",   "Wood"};
constexpr std::array<string_view, 20> kPlaceEnds = {"bourne", "bridge", "bury", "by",  "cliffe", "combe", "don",
                                                    "field",  "ford",   "gate", "ham", "hurst",  "leigh", "ley",
                                                    "low",    "mere",   "port", "ton", "wick",   "worth"};
constexpr std::array<string_view, 6> kPlaceBefore = {"", "", "Upper ", "Nether ", "Great ", "Little "};
constexpr std::array<string_view, 5> kDays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
constexpr std::array<string_view, 6> kStreets = {"Road", "Street", "Lane", "Avenue", "Close", "Way"};

string operator+(string_view a, string_view b) { return string(a).append(b); }

template <class List>
auto one_of(const List& list, Random& random) {
  return list[random.below(list.size())];
}

const string_view type_name(std::size_t type) { return kGroups[type % kGroups.size()].types[type / kGroups.size()]; }

// Neighbours in number are not neighbours in the alphabet.
string surname(std::size_t n) {
  n = n * 7919 % kSurnames;
  const string_view middle = kSurnameMiddles[n / kSurnameBegins.size() % kSurnameMiddles.size()];
  return kSurnameBegins[n % kSurnameBegins.size()] + middle +
         string(kSurnameEnds[n / (kSurnameBegins.size() * kSurnameMiddles.size()) % kSurnameEnds.size()]);
}

string place_name(std::size_t n) {
  n = n * 2741 % kPlaces;
  const string_view end = kPlaceEnds[n / kPlaceBegins.size() % kPlaceEnds.size()];
  return kPlaceBefore[n / (kPlaceBegins.size() * kPlaceEnds.size()) % kPlaceBefore.size()] +
         string(kPlaceBegins[n % kPlaceBegins.size()]) + string(end);
}

string town_name(std::size_t n) {
  n = n * 613 % 1000;
  return kPlaceBegins[n % kPlaceBegins.size()] + kPlaceEnds[n / kPlaceBegins.size() % kPlaceEnds.size()];
}

string lower(string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::vector<string> words_of(string_view text) {
  std::vector<string> words(1);
  for (const char c : text) {
    const bool in_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (in_word) {
      words.back() += c;
    } else if (c != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

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

string organisation_name(std::size_t of_surname, string_view town, string_view place, Random& random) {
  const string name = surname(of_surname);
  switch (random.below(6)) {
    case 0:
      return town + " Borough Council";
    case 1:
      return place + " Community Association";
    case 2:
      return name + " Trust";
    case 3:
      return name + " Foundation";
    case 4:
      return name + " and " + surname(of_surname + 1) + " Partnership";
    default:
      return name + " Care and Advice";
  }
}

string service_name(string_view type, string_view place, const string& of_surname, Random& random) {
  switch (random.below(5)) {
    case 0:
      return type + " in " + string(place);
    case 1:
      return place + " " + lower(string(type));
    case 2:
      return type + " " + string(one_of(kQualifiers, random));
    case 3:
      return type + " " + string(one_of(kQualifiers, random)) + ", " + string(place);
    default:
      return of_surname + " " + lower(string(type));
  }
}

string postcode(std::size_t town, Random& random) {
  constexpr string_view letters = "ABDEFGHJLNPQRSTUWXYZ";
  string code = {letters[town % 20], letters[town / 20 % 20]};
  code += std::to_string(1 + random.below(28)) + " " + std::to_string(random.below(10));
  return code + one_of(letters, random) + one_of(letters, random);
}

}  // namespace

Zipf::Zipf(std::size_t n) {
  double sum = 0;
  for (std::size_t k = 1; k <= n; ++k) sums_.push_back(sum += 1.0 / static_cast<double>(k));
}

std::size_t Zipf::pick(Random& random) const {
  const auto found = std::upper_bound(sums_.begin(), sums_.end(), random.unit() * sums_.back());
  return std::min<std::size_t>(static_cast<std::size_t>(found - sums_.begin()), sums_.size() - 1);
}

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

std::size_t Corpus::often(const string& word) const {
  const auto found = often_.find(word);
  return found == often_.end() ? 0 : found->second;
}

Service Corpus::service(std::size_t number) const {
  Random random(number * 0x2545f4914f6cdd1d + 1);
  const std::size_t type_number = types_.pick(random);
  const Group& group = kGroups[type_number % kGroups.size()];
  const string_view type = type_name(type_number);
  const std::size_t town_number = towns_.pick(random);
  const string town = town_name(town_number);
  const string place = place_name(places_.pick(random));
  const std::size_t of_surname = random.below(kSurnames);
  const string name_of_surname = surname(of_surname);
  const Slots slots{type, place, town, name_of_surname, one_of(kDays, random)};

  Service service;
  service.key = {"bench", std::to_string(number)};
  service.name = service_name(type, place, name_of_surname, random);
  if (random.below(4) == 0) service.alternate_names.push_back(name_of_surname + " " + lower(string(group.name)));
  service.organisation.name = organisation_name(of_surname, town, place, random);
  service.organisation.authority = "E0" + std::to_string(6000000 + town_number);
  service.eligibility = filled(one_of(kEligibility, random), slots);
  const std::size_t own = 2 + random.below(2);
  for (std::size_t i = 0; i < own; ++i) service.description += filled(one_of(kOwn, random), slots) + " ";
  // Records differ in length.
  const std::size_t wanted = kWordsOfDescription / 2 + random.below(kWordsOfDescription);
  for (std::size_t words = count_words(service.description); words < wanted;) {
    const string& gloss = one_of(glosses_, random);
    words += count_words(gloss);
    service.description += gloss + " ";
  }
  service.description.pop_back();

  const string group_id = "g" + std::to_string(type_number % kGroups.size());
  service.categories.push_back(Category{"t" + std::to_string(type_number), string(type), "bench", group_id});
  service.categories.push_back(Category{group_id, string(group.name), "bench", ""});
  directory::Place where;
  where.name = random.below(2) == 0 ? place + " Hall" : surname(random.below(kSurnames)) + " House";
  where.address.emplace();
  where.address->lines.push_back(std::to_string(1 + random.below(200)) + " " + surname(random.below(kSurnames)) + " " +
                                 string(one_of(kStreets, random)));
  where.address->lines.push_back(place);
  where.address->city = town;
  where.address->postcode = postcode(town_number, random);
  where.point = core::GeoPoint{51 + static_cast<double>(town_number % 20) * 0.15 + random.unit() * 0.1,
                               -3 + static_cast<double>(town_number / 20) * 0.2 + random.unit() * 0.1};
  if (random.below(3) == 0) where.accessibility.push_back("wheelchair accessible");
  service.places.push_back(std::move(where));
  if (random.below(2) == 0) service.costs.push_back(directory::Cost{"", 0.0, "GBP", ""});
  service.checked = core::Instant(std::chrono::seconds(1'750'000'000 + number % 10'000'000));
  return service;
}

namespace {

string organisation_or_nothing(const Service& service) {
  const std::vector<string> words = words_of(service.organisation.name);
  const bool council = words.back() == "Council" || words.back() == "Association";
  return council ? string() : lower(words.front());
}

// Words of the description that stand in few glosses.
string rare_words(const Corpus& corpus, const Service& service) {
  std::vector<string> rare;
  for (const string& word : words_of(lower(service.description))) {
    const std::size_t often = corpus.often(word);
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

}  // namespace kiosk::bench
