#include "kiosk/search/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "kiosk/search/scorer.h"
#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

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

  // No record's factors are more than this.
  double most() const { return (authorities_.empty() ? 1 : 1 + kRank.served) * (query_.near ? 1 + kRank.near : 1); }

 private:
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

// No record with these sums has a score above this, whatever its name and its share are: most are passed over by it.
double most_own_score(const Scorer& scorer, const Tally& tally) {
  const float of_query = static_cast<float>(tally.in_name) / static_cast<float>(scorer.words());
  const float meant = std::min(1.0f, tally.meant / scorer.total());
  return sum_of(tally) * (1 + kRank.name_coverage * std::max(of_query, meant));
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

bool is_named(const Contents& contents, std::uint64_t hash, DocumentId document) {
  return std::binary_search(contents.names.begin(), contents.names.end(), NameHash{hash, document});
}

bool any_named(const Contents& contents, std::uint64_t hash) {
  const auto found = std::lower_bound(contents.names.begin(), contents.names.end(), NameHash{hash, 0});
  return found != contents.names.end() && found->hash == hash;
}

Scorer score_of(const Contents& contents, const Plan& plan) {
  Scorer scorer(contents);
  for (std::size_t i = 0; i < plan.readings.size(); ++i) scorer.add_word(plan.parsed.words[i], plan.readings[i]);
  for (const Meaning& meaning : plan.meanings) scorer.add_meaning(meaning);
  return scorer;
}

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
  const Scorer scorer = score_of(contents, plan);
  const Circumstances circumstances(contents, plan.query);
  const bool named = any_named(contents, plan.parsed.name_hash);
  const double most = circumstances.most();
  Best best(contents, limit);
  Ranked ranked;
  for (const DocumentId id : scorer.matched()) {
    const Tally& tally = scorer.tally(id);
    const bool fits = tally.as_written == scorer.words() || 2 * tally.meant >= scorer.total();
    ranked.fitting += fits;
    const bool exact = named && is_named(contents, plan.parsed.name_hash, id);
    if (!exact && !best.may_hold(most_own_score(scorer, tally) * most)) continue;
    const Document& document = contents.documents[id];
    double total = own_score(scorer, tally, document).value() * circumstances.all(document);
    if (exact) total += kRank.exact_name;
    best.add({id, total, fits});
  }
  ranked.best = best.take();
  return ranked;
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
    if (posting) return word.word + ": " + told(reading.how) + " in " + field_names(posting->fields);
  }
  return {};
}

}  // namespace

std::vector<Factor> explain(const Contents& contents, const Plan& plan, DocumentId document) {
  std::vector<Factor> factors;
  Scorer scorer(contents);
  float before = 0;
  for (std::size_t i = 0; i < plan.readings.size(); ++i) {
    scorer.add_word(plan.parsed.words[i], plan.readings[i]);
    const float text = scorer.tally(document).text;
    const std::string how = how_read(contents, plan.parsed.words[i], plan.readings[i], document);
    if (!how.empty()) factors.push_back({"word", how, static_cast<double>(text - before)});
    before = how.empty() ? before : text;
  }
  for (const Meaning& meaning : plan.meanings) {
    scorer.add_meaning(meaning);
    const auto postings = contents.concept_postings.of(meaning.concept_id);
    const bool about = std::any_of(postings.begin(), postings.end(),
                                   [&](const ConceptPosting& posting) { return posting.document == document; });
    if (about)
      factors.push_back({"meaning", std::string(contents.text(contents.concepts[meaning.concept_id].id)),
                         static_cast<double>(scorer.tally(document).meaning)});
  }
  const Document& row = contents.documents[document];
  const OwnScore own = own_score(scorer, scorer.tally(document), row);
  const Circumstances circumstances(contents, plan.query);
  factors.push_back({"share", "of the query's weight", own.share});
  factors.push_back({"name", "how wholly the name is the query", own.name});
  factors.push_back({"served", "by the authority of the address", circumstances.served(row)});
  factors.push_back({"near", "to the address", circumstances.near(row)});
  factors.push_back({"fresh", "confirmed by its source", circumstances.fresh(row)});
  if (is_named(contents, plan.parsed.name_hash, document))
    factors.push_back({"exact_name", "added", static_cast<double>(kRank.exact_name)});
  return factors;
}

}  // namespace kiosk::search
