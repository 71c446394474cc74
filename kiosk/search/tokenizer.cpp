#include "kiosk/search/tokenizer.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

namespace kiosk::search {

namespace {

constexpr std::size_t kUsualBytesOfWord = 6;  // with the space behind it

// Letters that Unicode does not take apart, but that people leave out on a keyboard without them; and Arabic spellings
// that are written one for another.
std::string_view spelt_otherwise(UChar32 c) {
  switch (c) {
    case 0x0142:
      return "l";  // ł
    case 0x0111:
      return "d";  // đ
    case 0x00F0:
      return "d";  // ð
    case 0x00F8:
      return "o";  // ø
    case 0x00E6:
      return "ae";  // æ
    case 0x0153:
      return "oe";  // œ
    case 0x0131:
      return "i";  // ı
    case 0x0127:
      return "h";  // ħ
    case 0x00FE:
      return "th";  // þ
    case 0x0649:
      return "\u064A";  // alef maksura as yeh
    case 0x06CC:
      return "\u064A";  // Farsi yeh
    case 0x0629:
      return "\u0647";  // teh marbuta as heh
    case 0x06A9:
      return "\u0643";  // keheh as kaf
    default:
      return {};
  }
}

bool is_dropped(UChar32 c) {
  // Combining class 0 keeps the vowel signs of Indic scripts, which carry meaning. Tatweel only stretches, and the
  // frame of a keycap only encloses.
  return u_getCombiningClass(c) != 0 || c == 0x0640 || u_charType(c) == U_FORMAT_CHAR ||
         u_charType(c) == U_ENCLOSING_MARK;
}

// Variation selectors, joiners, soft hyphens, byte order marks: they are in a text, but nobody reads or types them.
bool is_unseen(UChar32 c) { return c >= 0x80 && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

constexpr bool is_plain(unsigned char c) {  // a letter or digit of ASCII
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }

bool is_word_part(UChar32 c) {
  if (c < 0x80) return is_plain(static_cast<unsigned char>(c));
  return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

bool writes_no_spaces(UChar32 c) {
  if (c < 0x0E00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

// Characters that say how, not what: they part the words of a Chinese sentence.
bool is_han_particle(UChar32 c) {
  static constexpr std::u32string_view kParticles = U"的了吗呢着我你您他她它们是很也都被就把给请吧太";
  return kParticles.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

constexpr UChar32 kFirstHan = 0x3400, kBehindHan = 0xA000;  // beyond are rare ones, which Hant-Hans leaves as they are

std::unordered_map<UChar32, UChar32> simplify_all() {
  std::unordered_map<UChar32, UChar32> all;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(
      icu::Transliterator::createInstance("Hant-Hans", UTRANS_FORWARD, status));
  for (UChar32 c = kFirstHan; simplify && c < kBehindHan; ++c) {
    icu::UnicodeString text(c);
    simplify->transliterate(text);
    if (text.countChar32() == 1 && text.char32At(0) != c) all.emplace(c, text.char32At(0));
  }
  return all;
}

// Traditional characters as the simplified ones (ICU's Hant-Hans, one by one). It is asked for each letter, so that all
// are worked out at the first: a table of those that were met would tell what was typed.
UChar32 simplified(UChar32 c) {
  if (c < kFirstHan) return c;
  static const std::unordered_map<UChar32, UChar32> kAll = simplify_all();
  const auto found = kAll.find(c);
  return found == kAll.end() ? c : found->second;
}

void append_utf8(UChar32 c, std::string& out) {
  std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, c);
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

void append_folded(UChar32 c, std::string& out) {
  if (c < 0x80) {
    out.push_back(lower(static_cast<char>(c)));
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const decompose = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString apart;
  if (U_FAILURE(status) || !decompose->getDecomposition(c, apart)) apart = icu::UnicodeString(c);
  apart.foldCase();
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 part = apart.char32At(i);
    if (is_dropped(part)) continue;
    if (const std::string_view other = spelt_otherwise(part); !other.empty()) {
      out += other;
    } else {
      append_utf8(part, out);
    }
  }
}

// Collects code points into tokens.
class Splitter {
 public:
  Splitter(std::size_t max_tokens, std::size_t bytes) : max_tokens_(max_tokens) {
    tokens_.reserve(std::min(max_tokens, bytes / kUsualBytesOfWord + 1));
  }

  bool full() const { return tokens_.size() >= max_tokens_; }

  void add(UChar32 c, std::size_t begin, std::size_t end) {
    if (is_unseen(c)) {  // neither begins a word nor parts two
      if (!current_.word.empty()) current_.end = end;
      return;
    }
    if (c >= 0x3400) c = simplified(c);
    if (c < 0 || !is_word_part(c) || (c >= 0x3400 && is_han_particle(c))) {
      finish();
      apostrophe_ = c == '\'' || c == 0x2019;
    } else if (writes_no_spaces(c)) {
      add_unspaced(c, begin, end);
    } else {
      if (!previous_.word.empty()) finish();
      if (current_.word.empty()) current_.begin = begin;
      current_.end = end;
      if (current_.word.size() < kMaxWordBytes) append_folded(c, current_.word);
    }
  }

  // The same for letters and digits of ASCII in a row, which most text is.
  void add_plain(std::string_view letters, std::size_t begin) {
    if (!previous_.word.empty()) finish();
    if (current_.word.empty()) current_.begin = begin;
    current_.end = begin + letters.size();
    for (const char c : letters) {
      if (current_.word.size() < kMaxWordBytes) current_.word.push_back(lower(c));
    }
  }

  std::vector<Token> take() && {
    finish();
    return std::move(tokens_);
  }

 private:
  void add_unspaced(UChar32 c, std::size_t begin, std::size_t end) {
    if (!current_.word.empty()) finish();
    Token letter{{}, begin, end};
    append_folded(c, letter.word);
    if (letter.word.empty()) return;  // a mark alone
    if (!previous_.word.empty()) {
      push({previous_.word + letter.word, previous_.begin, end});
      paired_ = true;
    }
    previous_ = std::move(letter);
  }

  void finish() {
    if (!previous_.word.empty() && !paired_) push(previous_);
    previous_ = {};
    paired_ = false;
    if (!current_.word.empty()) {
      current_.after_apostrophe = apostrophe_;
      push(std::move(current_));
    }
    current_ = {};
    apostrophe_ = false;
  }

  void push(Token token) {
    if (!full()) tokens_.push_back(std::move(token));
  }

  std::size_t max_tokens_;
  std::vector<Token> tokens_;
  Token current_;   // the word being read
  Token previous_;  // the last letter of a run without spaces
  bool paired_ = false;
  bool apostrophe_ = false;
};

bool is_initial(const Token& token) {
  return token.word.size() == 1 && token.word[0] >= 'a' && token.word[0] <= 'z' && !token.after_apostrophe;
}

// "P.I.P." is written for "PIP": letters with nothing but one full stop between them are one word.
void join_initials(std::string_view text, std::vector<Token>& tokens) {
  std::size_t kept = 0;
  bool in_run = false;  // the last one kept is of initials
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (in_run && is_initial(tokens[i])) {
      Token& run = tokens[kept - 1];
      const bool joins = tokens[i].begin == run.end + 1 && text[run.end] == '.' && run.word.size() < kMaxWordBytes;
      if (joins) {
        run.word += tokens[i].word;
        run.end = tokens[i].end;
        continue;
      }
    }
    in_run = is_initial(tokens[i]);
    if (kept != i) tokens[kept] = std::move(tokens[i]);
    ++kept;
  }
  tokens.resize(kept);
}

}  // namespace

std::vector<Token> tokenize(std::string_view text, std::size_t max_tokens) {
  Splitter splitter(max_tokens, text.size());
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t position = 0;
  while (position < text.size() && !splitter.full()) {
    const std::size_t begin = position;
    while (position < text.size() && is_plain(bytes[position])) ++position;
    if (position > begin) {
      splitter.add_plain(text.substr(begin, position - begin), begin);
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(bytes, position, text.size(), c);
    splitter.add(c, begin, position);
  }
  std::vector<Token> tokens = std::move(splitter).take();
  join_initials(text, tokens);
  return tokens;
}

}  // namespace kiosk::search
