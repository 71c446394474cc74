#include "kiosk/search/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

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

  double served(DocumentId id) const {
    if (authorities_.empty()) return 1;
    const auto held = contents_.authorities_of(contents_.documents[id]);
    const bool serves = std::any_of(authorities_.begin(), authorities_.end(), [&](std::uint32_t authority) {
      return std::find(held.begin(), held.end(), authority) != held.end();
    });
    return serves ? 1 + kRank.served : 1;
  }

  double near(DocumentId id) const {
    const auto points = contents_.points.of(id);
    if (!query_.near || points.empty()) return 1;
    double metres = std::numeric_limits<double>::max();
    for (const Point& point : points) metres = std::min(metres, core::distance_metres(*query_.near, geo(point)));
    return 1 + kRank.near * std::exp(-metres / 1000 / kRank.near_kilometres);
  }

  double fresh(DocumentId id) const {
    if (!query_.now) return 1;
    const core::Instant checked{std::chrono::seconds(contents_.documents[id].checked)};
    return *query_.now - checked > std::chrono::days(kStaleDays) ? 1 - kRank.stale : 1;
  }

  double all(DocumentId id) const { return served(id) * near(id) * fresh(id); }

  // No record's factors are more than these: of any, and of this one as far as it is cheap to tell.
  double most() const { return (authorities_.empty() ? 1 : 1 + kRank.served) * most_near(); }
  double most(DocumentId id) const { return served(id) * fresh(id) * most_near(); }

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

float sum_of(const Tally& tally) {
  return std::max(tally.text, tally.meaning()) + kRank.lesser * std::min(tally.text, tally.meaning());
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

OwnScore own_score(const Scorer& scorer, const Tally& tally, const Traits& traits) {
  OwnScore own;
  own.sum = sum_of(tally);
  const float total = scorer.total();
  const float literal = std::min(1.0f, tally.matched / total);
  const float meant = std::min(1.0f, tally.meant / total);
  own.share = std::pow(1 - (1 - literal) * (1 - meant), kRank.coordination);
  const auto name_words = static_cast<float>(std::max<std::uint8_t>(1, traits.name_words));
  const float of_name = std::min(1.0f, static_cast<float>(tally.in_name) / name_words);
  const float of_query = static_cast<float>(tally.in_name) / static_cast<float>(scorer.words());
  own.name = 1 + kRank.name_coverage * std::max(of_name * of_query, meant);
  return own;
}

class Best {
 public:
  Best(const Contents& contents, std::size_t limit) : contents_(contents), limit_(limit) {}

  // Whether a score could be among the best.
  bool may_hold(double score) const { return score >= bar_; }
  double bar() const { return bar_; }

  void add(const Scored& scored) {
    const auto better = [this](const Scored& a, const Scored& b) { return is_better(a, b); };
    if (kept_.size() == limit_) {
      if (!is_better(scored, kept_.front())) return;
      std::pop_heap(kept_.begin(), kept_.end(), better);
      kept_.pop_back();
    }
    kept_.push_back(scored);
    std::push_heap(kept_.begin(), kept_.end(), better);
    if (kept_.size() == limit_) bar_ = kept_.front().score;
  }

  std::vector<Scored> take() {
    std::sort(kept_.begin(), kept_.end(), [this](const Scored& a, const Scored& b) { return is_better(a, b); });
    return std::move(kept_);
  }

 private:
  bool is_better(const Scored& a, const Scored& b) const {
    if (a.score != b.score) return a.score > b.score;
    return contents_.traits[a.document].order < contents_.traits[b.document].order;
  }

  const Contents& contents_;
  std::size_t limit_;
  std::vector<Scored> kept_;  // a heap, the worst at the front
  double bar_ = std::numeric_limits<double>::lowest();
};

Scorer scorer_of(const Asked& asked) { return Scorer(*asked.contents, asked.words, asked.meanings); }

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
  Ranking(const Asked& asked, const Query& query, std::size_t limit)
      : contents_(*asked.contents),
        scorer_(scorer_of(asked)),
        circumstances_(contents_, query),
        narrowing_(contents_, query),
        named_(named(contents_, asked.parsed.name_hash)),
        most_(circumstances_.most()),
        best_(contents_, limit) {}

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
    if (!narrowing_.take(id, passing_)) return;
    const bool exact = holds(named_, id);
    if (!exact && (sum_of(tally) < least_sum_ || !best_.may_hold(most_own_score(scorer_, tally) * most_))) return;
    const double own = own_score(scorer_, tally, contents_.traits[id]).value();
    if (!exact && !best_.may_hold(own * circumstances_.most(id) * kRounding)) return;
    const double total = own * circumstances_.all(id) + (exact ? kRank.exact_name : 0);
    best_.add({id, total, fits, exact});
    least_sum_ = static_cast<float>(std::max(best_.bar(), 0.0) / (most_ * (1 + kRank.name_coverage) * kRounding));
  }

  const Contents& contents_;
  Scorer scorer_;
  Circumstances circumstances_;
  Narrowing narrowing_;
  std::span<const NameHash> named_;
  double most_;
  Best best_;
  float least_sum_ = 0;  // a lesser one reaches no bar, whatever it is multiplied by
  std::size_t matching_ = 0;
  std::size_t fitting_ = 0;
  FilterTally passing_;
};

}  // namespace

Ranked rank(const Asked& asked, const Query& query, std::size_t limit) { return Ranking(asked, query, limit).take(); }

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
std::string how_read(const Contents& contents, const WordPlan& plan, DocumentId document) {
  const std::string& word = plan.word.word;
  for (const Reading& reading : plan.readings) {
    for (const WeighedWord& each : reading.words) {
      const Posting* const posting = posting_of(contents.postings.of(each.word), document);
      if (posting && (posting->fields & reading.fields))
        return word + ": " + told(reading.how) + ", " + std::string(contents.lexicon.word(each.word)) + " in " +
               field_names(posting->fields);
    }
    const Posting* posting = posting_of(reading.ready, document);
    if (!posting) posting = posting_of(reading.gathered, document);
    if (posting && (posting->fields & reading.fields))
      return word + ": " + told(reading.how) + " in " + field_names(posting->fields);
  }
  return {};
}

// What the words added one after another, and the concept that says most of the record.
void explain_sum(Scorer& scorer, const Asked& asked, DocumentId document, std::vector<Factor>& factors) {
  const Contents& contents = *asked.contents;
  float before = 0;
  for (std::size_t i = 0; i < asked.words.size(); ++i) {
    scorer.add_word(i);
    const float text = scorer.tally(document).text;
    if (text > before)
      factors.push_back({"word", how_read(contents, *asked.words[i], document),
                         static_cast<double>(text) - static_cast<double>(before)});
    before = text;
  }
  float most = 0;
  ConceptId best = 0;
  for (std::size_t i = 0; i < asked.meanings.size(); ++i) {
    scorer.add_meaning(i);
    const float meaning = scorer.tally(document).meaning();
    if (meaning > most) best = asked.meanings[i].concept_id;
    most = meaning;
  }
  if (most > 0)
    factors.push_back({"meaning", std::string(contents.text(contents.concepts[best].id)), static_cast<double>(most)});
}

}  // namespace

std::vector<Factor> explain(const Asked& asked, const Query& query, const Scored& scored) {
  const Contents& contents = *asked.contents;
  std::vector<Factor> factors;
  Scorer scorer = scorer_of(asked);
  scorer.open(block_of(scored.document));
  explain_sum(scorer, asked, scored.document, factors);
  const Tally& tally = scorer.tally(scored.document);
  const OwnScore own = own_score(scorer, tally, contents.traits[scored.document]);
  const Circumstances circumstances(contents, query);
  const double both = static_cast<double>(tally.text) + static_cast<double>(tally.meaning());
  factors.push_back({"lesser", "of words and meaning, which counts in part", both > 0 ? own.sum / both : 1});
  factors.push_back({"share", "of the query's weight", own.share});
  factors.push_back({"name", "how wholly the name is the query", own.name});
  factors.push_back({"served", "by the authority of the address", circumstances.served(scored.document)});
  factors.push_back({"near", "to the address", circumstances.near(scored.document)});
  factors.push_back({"fresh", "confirmed by its source", circumstances.fresh(scored.document)});
  factors.push_back({"open", "now", open_factor(scored)});
  if (scored.exact) factors.push_back({"exact_name", "added", static_cast<double>(kRank.exact_name)});
  return factors;
}

}  // namespace kiosk::search
