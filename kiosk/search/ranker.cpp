#include "kiosk/search/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>

#include "kiosk/search/narrowing.h"
#include "kiosk/search/scorer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

constexpr double kRounding = 1.0001;  // what is worked out in another order may come out a little greater

core::GeoPoint geo(const Point& point) { return {point.latitude, point.longitude}; }

// The indices of the resident's authorities, sorted.
std::vector<std::uint32_t> indices_of(const std::vector<std::string>& wanted, const Contents& contents) {
  std::vector<std::uint32_t> indices;
  for (const std::string& authority : wanted) {
    const auto found =
        std::lower_bound(contents.authorities.begin(), contents.authorities.end(), authority,
                         [&](const Text& held, const std::string& name) { return contents.text(held) < name; });
    if (found != contents.authorities.end() && contents.text(*found) == authority)
      indices.push_back(static_cast<std::uint32_t>(found - contents.authorities.begin()));
  }
  return indices;
}

// The factors by which a record's own score is multiplied, one by one, so that they can be told.
class Circumstances {
 public:
  Circumstances(const Contents& contents, const Query& query)
      : contents_(contents), query_(query), authorities_(indices_of(query.authorities, contents)) {}

  double served(const Document& document) const {
    const auto held = contents_.authorities_of(document);
    const bool serves = std::any_of(authorities_.begin(), authorities_.end(), [&](std::uint32_t authority) {
      return std::find(held.begin(), held.end(), authority) != held.end();
    });
    return serves ? 1 + kRank.served : 1;
  }

  double near(const Document& document) const {
    const auto points = contents_.points_of(document);
    if (!query_.near || points.empty()) return 1;
    double metres = std::numeric_limits<double>::max();
    for (const Point& point : points) metres = std::min(metres, core::distance_metres(*query_.near, geo(point)));
    return 1 + kRank.near * std::exp(-metres / 1000 / kRank.near_kilometres);
  }

  double fresh(const Document& document) const {
    if (!query_.now) return 1;
    const core::Instant checked{std::chrono::seconds(document.checked)};
    return *query_.now - checked > std::chrono::days(kStaleDays) ? 1 - kRank.stale : 1;
  }

  double all(const Document& document) const { return served(document) * near(document) * fresh(document); }

  // No record's factors are more than these: of any, and of this one as far as it is cheap to tell.
  double most() const { return (authorities_.empty() ? 1 : 1 + kRank.served) * most_near(); }
  double most(const Document& document) const { return served(document) * fresh(document) * most_near(); }

 private:
  double most_near() const { return query_.near ? 1 + kRank.near : 1; }

  const Contents& contents_;
  const Query& query_;
  std::vector<std::uint32_t> authorities_;
};

// A record's score by its words and meaning: the sum, and what it is multiplied by.
struct OwnScore {
  double sum = 0, share = 1, name = 1;
  double value() const { return sum * share * name; }
};

double sum_of(const Tally& tally) {
  return std::max(tally.text, tally.meaning) + kRank.lesser * std::min(tally.text, tally.meaning);
}

// No record with these sums has a score above this, whatever its name is: most are passed over by it. The share's power
// lies below its tangent at 1.
double most_own_score(const Scorer& scorer, const Tally& tally) {
  const float of_total = scorer.of_total();
  const float literal = std::min(1.0f, tally.matched * of_total);
  const float meant = std::min(1.0f, tally.meant * of_total);
  const float share = 1 - kRank.coordination * (1 - literal) * (1 - meant);
  const float of_query = static_cast<float>(tally.in_name) * scorer.of_words();
  return sum_of(tally) * share * (1 + kRank.name_coverage * std::max(of_query, meant)) * kRounding;
}

OwnScore own_score(const Scorer& scorer, const Tally& tally, const Document& document) {
  OwnScore own;
  own.sum = sum_of(tally);
  const float total = scorer.total();
  const float literal = std::min(1.0f, tally.matched / total);
  const float meant = std::min(1.0f, tally.meant / total);
  own.share = std::pow(1 - (1 - literal) * (1 - meant), kRank.coordination);
  const auto name_words = static_cast<float>(std::max<std::uint8_t>(1, document.name_words));
  const float of_name = std::min(1.0f, static_cast<float>(tally.in_name) / name_words);
  const float of_query = static_cast<float>(tally.in_name) / static_cast<float>(scorer.words());
  own.name = 1 + kRank.name_coverage * std::max(of_name * of_query, meant);
  return own;
}

class Best {
 public:
  Best(const Contents& contents, std::size_t limit) : contents_(contents), limit_(limit) {}

  // Whether a score could be among the best.
  bool may_hold(double score) const { return kept_.size() < limit_ || score >= kept_.front().score; }

  void add(const Scored& scored) {
    const auto better = [this](const Scored& a, const Scored& b) { return is_better(a, b); };
    if (kept_.size() == limit_) {
      if (!is_better(scored, kept_.front())) return;
      std::pop_heap(kept_.begin(), kept_.end(), better);
      kept_.pop_back();
    }
    kept_.push_back(scored);
    std::push_heap(kept_.begin(), kept_.end(), better);
  }

  std::vector<Scored> take() {
    std::sort(kept_.begin(), kept_.end(), [this](const Scored& a, const Scored& b) { return is_better(a, b); });
    return std::move(kept_);
  }

 private:
  bool is_better(const Scored& a, const Scored& b) const {
    if (a.score != b.score) return a.score > b.score;
    const Document& x = contents_.documents[a.document];
    const Document& y = contents_.documents[b.document];
    const auto order = [this](const Document& d) {
      return std::tuple(contents_.text(d.name), contents_.text(d.source), contents_.text(d.id));
    };
    return order(x) < order(y);
  }

  const Contents& contents_;
  std::size_t limit_;
  std::vector<Scored> kept_;  // a heap, the worst at the front
};

Scorer scorer_of(const Contents& contents, const Plan& plan) {
  return Scorer(contents, plan.parsed.words, plan.readings, plan.meanings);
}

// The records of that very name, in order.
std::span<const NameHash> named(const Contents& contents, std::uint64_t hash) {
  const auto [first, last] = std::equal_range(contents.names.begin(), contents.names.end(), NameHash{hash, 0},
                                              [](const NameHash& a, const NameHash& b) { return a.hash < b.hash; });
  return {first, last};
}

bool holds(std::span<const NameHash> named, DocumentId document) {
  return !named.empty() && std::binary_search(named.begin(), named.end(), NameHash{named.front().hash, document});
}

// Sees every record that matches, and keeps the best that pass the filters.
class Ranking {
 public:
  Ranking(const Contents& contents, const Plan& plan, std::size_t limit)
      : contents_(contents),
        scorer_(scorer_of(contents, plan)),
        circumstances_(contents, plan.query),
        narrowing_(contents, plan.query),
        named_(named(contents, plan.parsed.name_hash)),
        most_(circumstances_.most()),
        best_(contents, limit) {}

  Ranked take() {
    for (std::size_t block = 0; block < scorer_.blocks(); ++block) {
      scorer_.add_all(block);
      matching_ += scorer_.matched().size();
      for (const DocumentId id : scorer_.matched()) see(id, scorer_.tally(id));
    }
    return {best_.take(), matching_, fitting_, passing_, scorer_.walked()};
  }

 private:
  // What costs more is asked only of records that could be among the best by what is known so far.
  void see(DocumentId id, const Tally& tally) {
    const bool fits = tally.as_written == scorer_.words() || 2 * tally.meant >= scorer_.total();
    fitting_ += fits;
    const Document& document = contents_.documents[id];
    if (!narrowing_.take(document, passing_)) return;
    const bool exact = holds(named_, id);
    if (!exact && !best_.may_hold(most_own_score(scorer_, tally) * most_)) return;
    const double own = own_score(scorer_, tally, document).value();
    if (!exact && !best_.may_hold(own * circumstances_.most(document) * kRounding)) return;
    const double total = own * circumstances_.all(document) + (exact ? kRank.exact_name : 0);
    best_.add({id, total, fits, exact});
  }

  const Contents& contents_;
  Scorer scorer_;
  Circumstances circumstances_;
  Narrowing narrowing_;
  std::span<const NameHash> named_;
  double most_;
  Best best_;
  std::size_t matching_ = 0;
  std::size_t fitting_ = 0;
  FilterTally passing_;
};

}  // namespace

Plan plan_of(const Query& query, const Contents& contents) {
  const std::string language = language_of(query, contents);
  Plan plan{query, parse(query, language), {}, {}};
  for (QueryWord& word : plan.parsed.words) {
    plan.readings.push_back(readings(word, language, contents));
    word.worth = worth_of(word, plan.readings.back(), language, contents);
  }
  plan.meanings = meanings(plan.parsed, plan.readings, language, contents);
  return plan;
}

Ranked rank(const Contents& contents, const Plan& plan, std::size_t limit) {
  return Ranking(contents, plan, limit).take();
}

namespace {

const char* told(How how) {
  switch (how) {
    case How::Written:
      return "as written";
    case How::Split:
      return "two words in one";
    case How::GoesOn:
      return "goes on";
    case How::Mistyped:
      return "typing error";
    case How::Sounds:
      return "sounds alike";
  }
  return "";
}

std::string field_names(std::uint8_t fields) {
  static constexpr const char* kNames[kFields] = {"name",   "other names", "categories", "organisation",
                                                  "places", "eligibility", "description"};
  std::string names;
  for (std::size_t i = 0; i < kFields; ++i) {
    if (fields & (1u << i)) names += (names.empty() ? "" : ", ") + std::string(kNames[i]);
  }
  return names;
}

const Posting* posting_of(std::span<const Posting> postings, DocumentId document) {
  const auto found =
      std::lower_bound(postings.begin(), postings.end(), document,
                       [](const Posting& posting, DocumentId wanted) { return posting.document < wanted; });
  return found != postings.end() && found->document == document ? &*found : nullptr;
}

// The first reading of a word that the record holds, told in words.
std::string how_read(const Contents& contents, const QueryWord& word, const Readings& readings, DocumentId document) {
  for (const Reading& reading : readings) {
    for (const WeighedWord& each : reading.words) {
      const Posting* const posting = posting_of(contents.postings.of(each.word), document);
      if (posting && (posting->fields & reading.fields))
        return word.word + ": " + told(reading.how) + ", " + std::string(contents.lexicon.word(each.word)) + " in " +
               field_names(posting->fields);
    }
    const Posting* posting = posting_of(reading.ready, document);
    if (!posting) posting = posting_of(reading.gathered, document);
    if (posting && (posting->fields & reading.fields))
      return word.word + ": " + told(reading.how) + " in " + field_names(posting->fields);
  }
  return {};
}

// What the words added one after another, and the concept that says most of the record.
void explain_sum(Scorer& scorer, const Contents& contents, const Plan& plan, DocumentId document,
                 std::vector<Factor>& factors) {
  float before = 0;
  for (std::size_t i = 0; i < plan.readings.size(); ++i) {
    scorer.add_word(i);
    const float text = scorer.tally(document).text;
    if (text > before)
      factors.push_back({"word", how_read(contents, plan.parsed.words[i], plan.readings[i], document),
                         static_cast<double>(text) - static_cast<double>(before)});
    before = text;
  }
  float most = 0;
  ConceptId best = 0;
  for (std::size_t i = 0; i < plan.meanings.size(); ++i) {
    scorer.add_meaning(i);
    const float meaning = scorer.tally(document).meaning;
    if (meaning > most) best = plan.meanings[i].concept_id;
    most = meaning;
  }
  if (most > 0)
    factors.push_back({"meaning", std::string(contents.text(contents.concepts[best].id)), static_cast<double>(most)});
}

}  // namespace

std::vector<Factor> explain(const Contents& contents, const Plan& plan, const Scored& scored) {
  std::vector<Factor> factors;
  Scorer scorer = scorer_of(contents, plan);
  scorer.open(block_of(scored.document));
  explain_sum(scorer, contents, plan, scored.document, factors);
  const Tally& tally = scorer.tally(scored.document);
  const Document& row = contents.documents[scored.document];
  const OwnScore own = own_score(scorer, tally, row);
  const Circumstances circumstances(contents, plan.query);
  const double both = static_cast<double>(tally.text) + static_cast<double>(tally.meaning);
  factors.push_back({"lesser", "of words and meaning, which counts in part", both > 0 ? own.sum / both : 1});
  factors.push_back({"share", "of the query's weight", own.share});
  factors.push_back({"name", "how wholly the name is the query", own.name});
  factors.push_back({"served", "by the authority of the address", circumstances.served(row)});
  factors.push_back({"near", "to the address", circumstances.near(row)});
  factors.push_back({"fresh", "confirmed by its source", circumstances.fresh(row)});
  factors.push_back({"open", "now", open_factor(scored)});
  if (scored.exact) factors.push_back({"exact_name", "added", static_cast<double>(kRank.exact_name)});
  return factors;
}

}  // namespace kiosk::search
