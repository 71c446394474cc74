#include "kiosk/search/spelling.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kiosk::search {
namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Whole beginnings that endings alone don't tell: the American, the British.
struct Pair {
  std::string_view american, british;
};
constexpr std::array<Pair, 29> kBeginnings = {
    {{"color", "colour"},         {"favor", "favour"},      {"neighbor", "neighbour"}, {"harbor", "harbour"},
     {"labor", "labour"},         {"honor", "honour"},      {"behavior", "behaviour"}, {"humor", "humour"},
     {"rumor", "rumour"},         {"odor", "odour"},        {"vapor", "vapour"},       {"armor", "armour"},
     {"center", "centre"},        {"theater", "theatre"},   {"meter", "metre"},        {"liter", "litre"},
     {"fiber", "fibre"},          {"gray", "grey"},         {"curb", "kerb"},          {"mold", "mould"},
     {"plow", "plough"},          {"jewelry", "jewellery"}, {"aluminum", "aluminium"}, {"pediatric", "paediatric"},
     {"gynecolog", "gynaecolog"}, {"anemi", "anaemi"},      {"diarrhea", "diarrhoea"}, {"program", "programme"},
     {"license", "licence"}}};

// "organiz…" → "organis…", "analyz…" → "analys…".
void z_to_s(std::string& word) {
  for (const std::string_view ending : {"ize", "izes", "ized", "izing", "izer", "izers", "ization", "izations"}) {
    if (word.ends_with(ending) && word.size() > ending.size() + 3) word[word.size() - ending.size() + 1] = 's';
  }
  for (const std::string_view ending : {"yze", "yzed", "yzing"}) {
    if (word.ends_with(ending) && word.size() > ending.size() + 2) word[word.size() - ending.size() + 1] = 's';
  }
}

// Letters side by side on a QWERTY keyboard, in one row or the next.
bool are_neighbours(char a, char b) {
  static constexpr std::array<std::string_view, 3> kRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  static constexpr std::array<float, 3> kShift = {0.0f, 0.25f, 0.75f};
  const auto place = [](char c, float& x, int& y) {
    for (y = 0; y < 3; ++y) {
      const std::size_t at = kRows[static_cast<std::size_t>(y)].find(c);
      if (at == std::string_view::npos) continue;
      x = static_cast<float>(at) + kShift[static_cast<std::size_t>(y)];
      return true;
    }
    return false;
  };
  float xa = 0, xb = 0;
  int ya = 0, yb = 0;
  if (!place(a, xa, ya) || !place(b, xb, yb)) return false;
  return std::abs(ya - yb) <= 1 && std::abs(xa - xb) <= 1.1f;
}

constexpr float kUsual = 0.8f;  // a slip that fingers or ears make by nature
constexpr float kOdd = 1.15f;

float replace_cost(char typed, char meant) {
  if (typed == meant) return 0;
  if (is_letter(typed) && is_letter(meant) && are_neighbours(typed, meant)) return kUsual;
  if (is_vowel(typed) && is_vowel(meant)) return kUsual;
  return kOdd;
}

// Of a letter that is only in one of the words, with the letters beside it there.
float single_cost(char letter, char before, char after) {
  if (letter == before || letter == after) return kUsual * 0.85f;  // doubled, or one of a double left out
  return is_vowel(letter) ? 0.95f : kOdd * 0.95f;
}

// Writes the sound of `word` at `i`; gives how many letters it took.
std::size_t add_sound(std::string_view word, std::size_t i, std::string& out) {
  const auto at = [&](std::size_t n) { return i + n < word.size() ? word[i + n] : '\0'; };
  const char c = word[i];
  const bool soft = at(1) == 'e' || at(1) == 'i' || at(1) == 'y';
  switch (c) {
    case 'p':
      if (at(1) == 'h') return out += 'f', 2;
      break;
    case 'c':
      if (at(1) == 'h') return out += 'x', 2;
      if (at(1) == 'k') return out += 'k', 2;
      return out += soft ? 's' : 'k', 1;
    case 'q':
      return out += 'k', at(1) == 'u' ? 2 : 1;
    case 'x':
      return out += "ks", 1;
    case 's':
      if (at(1) == 'h' || (at(1) == 'i' && (at(2) == 'o' || at(2) == 'a'))) return out += 'x', 2;
      if (at(1) == 'c' && at(2) == 'h') return out += "sk", 3;
      break;
    case 't':
      if (at(1) == 'c' && at(2) == 'h') return out += 'x', 3;
      if (at(1) == 'i' && (at(2) == 'o' || at(2) == 'a')) return out += 'x', 2;
      if (at(1) == 'h') return out += 't', 2;
      break;
    case 'g':
      if (at(1) == 'h') return i == 0 ? (out += 'k', 2) : 2;
      if (at(1) == 'n' && i == 0) return 1;
      return out += soft ? 'j' : 'k', 1;
    case 'k':
      if (at(1) == 'n' && i == 0) return 1;
      break;
    case 'w':
      if (at(1) == 'r' && i == 0) return 1;
      if (at(1) == 'h') return out += 'w', 2;
      break;
    case 'd':
      if (at(1) == 'g' && at(2) == 'e') return out += 'j', 2;
      return out += 't', 1;
    case 'z':
      return out += 's', 1;
    case 'v':
      return out += 'f', 1;
    case 'b':
      if (at(1) == '\0' && i > 0 && word[i - 1] == 'm') return 1;
      return out += 'p', 1;
    case 'h':
      if (i == 0 || is_vowel(at(1))) break;
      return 1;
    default:
      break;
  }
  if (is_vowel(c)) {
    if (i == 0) out += 'a';
    return 1;
  }
  out += c;
  return 1;
}

}  // namespace

std::string british(std::string_view word) {
  std::string out(word);
  for (const Pair& pair : kBeginnings) {
    if (!out.starts_with(pair.american) || out.starts_with(pair.british)) continue;
    out = std::string(pair.british) + out.substr(pair.american.size());
    break;
  }
  z_to_s(out);
  return out;
}

std::string sound_of(std::string_view word) {
  if (word.size() < 4 || !std::all_of(word.begin(), word.end(), is_letter)) return {};
  std::string sounds;
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t before = sounds.size();
    i += add_sound(word, i, sounds);
    if (before > 0 && sounds.size() == before + 1 && sounds[before - 1] == sounds[before]) sounds.pop_back();
  }
  return sounds.size() < 3 ? std::string() : sounds;
}

float slip_cost(std::string_view typed, std::string_view meant) {
  constexpr std::size_t kMost = 64;
  const std::size_t n = std::min(typed.size(), kMost), m = std::min(meant.size(), kMost);
  std::array<float, (kMost + 1) * (kMost + 1)> d;  // filled as far as it is used
  const auto cell = [&](std::size_t i, std::size_t j) -> float& { return d[i * (m + 1) + j]; };
  const auto letter = [](std::string_view word, std::size_t i) { return i < word.size() ? word[i] : '\0'; };
  for (std::size_t i = 0; i <= n; ++i) {
    for (std::size_t j = 0; j <= m; ++j) {
      float best = i + j == 0 ? 0 : 1e9f;
      if (i > 0)
        best =
            std::min(best, cell(i - 1, j) + single_cost(typed[i - 1], i > 1 ? typed[i - 2] : '\0', letter(typed, i)));
      if (j > 0)
        best =
            std::min(best, cell(i, j - 1) + single_cost(meant[j - 1], j > 1 ? meant[j - 2] : '\0', letter(meant, j)));
      if (i > 0 && j > 0) best = std::min(best, cell(i - 1, j - 1) + replace_cost(typed[i - 1], meant[j - 1]));
      if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
        best = std::min(best, cell(i - 2, j - 2) + kUsual);
      cell(i, j) = best;
    }
  }
  float cost = cell(n, m);
  if (n > 0 && m > 0 && typed[0] != meant[0]) cost += 0.35f;
  if (std::min(n, m) < 5) cost += 0.3f;
  return cost;
}

}  // namespace kiosk::search
