#include "tests/bench/search_names.h"

#include <algorithm>
#include <array>

namespace kiosk::bench {
namespace {

using std::string;
using std::string_view;

struct Group {
  string_view name;
  std::array<string_view, 12> types;
};

// The first of each group are the commonest, as the groups are taken in turn.
constexpr std::array<Group, kGroupsOfTypes> kGroups = {{
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

constexpr std::array<string_view, 22> kQualifiers = {"for older people",    "for young people",  "for carers",
                                                     "for families",        "for women",         "for beginners",
                                                     "for disabled people", "for new arrivals",  "for under fives",
                                                     "for veterans",        "drop-in",           "outreach",
                                                     "by telephone",        "evening sessions",  "weekend sessions",
                                                     "mobile service",      "emergency service", "advice line",
                                                     "home visits",         "online booking",    "weekly group",
                                                     "holiday scheme"};

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
constexpr std::array<string_view, 6> kStreets = {"Road", "Street", "Lane", "Avenue", "Close", "Way"};

string operator+(string_view a, string_view b) { return string(a).append(b); }

}  // namespace

string_view type_name(std::size_t type) { return kGroups[type % kGroups.size()].types[type / kGroups.size()]; }
string_view group_name(std::size_t type) { return kGroups[type % kGroups.size()].name; }

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

string street_name(Random& random) { return string(one_of(kStreets, random)); }

string postcode(std::size_t town, Random& random) {
  constexpr string_view letters = "ABDEFGHJLNPQRSTUWXYZ";
  string code = {letters[town % 20], letters[town / 20 % 20]};
  code += std::to_string(1 + random.below(28)) + " " + std::to_string(random.below(10));
  return code + one_of(letters, random) + one_of(letters, random);
}

}  // namespace kiosk::bench
