#include "kiosk/search/ranker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "kiosk/search/weights.h"

namespace kiosk::search {

namespace {

// What is known of one record while a query is worked out.
struct Tally {
  float text = 0;          // sum of the words' scores
  float matched = 0;       // weight of the words that matched, of all the query's weight
  float reading = 0;       // of the reading at hand: the saturating sum
  std::uint16_t word = 0;  // the last word that matched, counted from 1
  std::uint16_t in_name = 0;
  std::uint16_t as_written = 0;
  std::uint8_t fields = 0;  // of the reading at hand
};

class Scorer {
 public:
  explicit Scorer(const Contents& contents) : contents_(contents), tallies_(contents.documents.size()) {}

  void add_word(const std::vector<Reading>& readings) {
    ++word_;
    float weight = 0;
    for (const Reading& reading : readings) {
      const float rare = add_reading(reading, weight);
      if (weight == 0) weight = rare;
    }
    // A word that nothing matches weighs as much as the rarest, for every record alike.
    total_ += weight > 0 ? weight : rarity(1);
  }

  std::uint16_t words() const { return word_; }
  float total() const { return total_; }
  const std::vector<DocumentId>& matched() const { return matched_; }
  const Tally& tally(DocumentId document) const { return tallies_[document]; }

 private:
  float rarity(std::size_t holders) const {
    const auto all = static_cast<float>(contents_.documents.size());
    const auto with = static_cast<float>(holders);
    return std::log(1.0f + (all - with + 0.5f) / (with + 0.5f));
  }

  // Gives the rarity of the reading. Records that an earlier reading of the word matched are left as they are.
  float add_reading(const Reading& reading, float weight_so_far) {
    touched_.clear();
    for (const WeighedWord& word : reading.words) {
      for (const Posting& posting : contents_.postings.of(word.word)) add_posting(posting, word.weight);
    }
    const float rare = rarity(touched_.size());
    // A typing error or a beginning is worth no more than the word that was written, if that is known.
    const float worth = weight_so_far > 0 ? std::min(weight_so_far, rare) : rare;
    for (const DocumentId document : touched_) close(tallies_[document], document, reading.weight, worth);
    return rare;
  }

  void add_posting(const Posting& posting, float weight) {
    Tally& tally = tallies_[posting.document];
    if (tally.word == word_) return;
    if (tally.reading == 0) touched_.push_back(posting.document);
    tally.reading += weight * static_cast<float>(posting.weight) / kWeightScale;
    tally.fields = static_cast<std::uint8_t>(tally.fields | posting.fields);
  }

  void close(Tally& tally, DocumentId document, float reading_weight, float worth) {
    if (tally.word == 0) matched_.push_back(document);
    tally.word = word_;
    tally.text += reading_weight * worth * tally.reading / (tally.reading + kRank.saturation);
    tally.matched += reading_weight * worth;
    if (tally.fields & bit(Field::Name)) ++tally.in_name;
    if (reading_weight >= kRank.prefix) ++tally.as_written;
    tally.reading = 0;
    tally.fields = 0;
  }

  const Contents& contents_;
  std::vector<Tally> tallies_;
  std::vector<DocumentId> touched_, matched_;
  std::uint16_t word_ = 0;
  float total_ = 0;
};

// The indices of the resident's authorities, sorted.
std::vector<std::uint32_t> indices_of(const std::vector<std::string>& wanted, const std::vector<std::string>& held) {
  std::vector<std::uint32_t> indices;
  for (const std::string& authority : wanted) {
    const auto found = std::lower_bound(held.begin(), held.end(), authority);
    if (found != held.end() && *found == authority) indices.push_back(static_cast<std::uint32_t>(found - held.begin()));
  }
  return indices;
}

double nearness(const Document& document, const std::optional<core::GeoPoint>& from) {
  if (!from || document.points.empty()) return 0;
  double metres = std::numeric_limits<double>::max();
  for (const core::GeoPoint& point : document.points) metres = std::min(metres, core::distance_metres(*from, point));
  return std::exp(-metres / 1000 / kRank.near_kilometres);
}

double for_this_address(const Document& document, const Query& query, const std::vector<std::uint32_t>& authorities) {
  const bool served = std::any_of(authorities.begin(), authorities.end(), [&](std::uint32_t authority) {
    return std::find(document.authorities.begin(), document.authorities.end(), authority) != document.authorities.end();
  });
  return (served ? 1 + kRank.served : 1) * (1 + kRank.near * nearness(document, query.near));
}

}  // namespace

std::vector<Scored> score(const Contents& contents, const Query& query, const ParsedQuery& parsed,
                          const std::vector<std::vector<Reading>>& plan) {
  Scorer scorer(contents);
  for (const std::vector<Reading>& readings : plan) scorer.add_word(readings);
  const std::vector<std::uint32_t> authorities = indices_of(query.authorities, contents.authorities);
  const auto is_exact = [&](DocumentId document) {
    return std::binary_search(contents.names.begin(), contents.names.end(), NameHash{parsed.name_hash, document});
  };

  std::vector<Scored> scored;
  scored.reserve(scorer.matched().size());
  for (const DocumentId id : scorer.matched()) {
    const Document& document = contents.documents[id];
    const Tally& tally = scorer.tally(id);
    const float share = std::min(1.0f, tally.matched / scorer.total());
    const float name_words = static_cast<float>(std::max<std::uint32_t>(1, document.name_words));
    const float of_name = std::min(1.0f, static_cast<float>(tally.in_name) / name_words);
    const float of_query = static_cast<float>(tally.in_name) / static_cast<float>(scorer.words());
    double total = tally.text * std::pow(share, kRank.coordination) * (1 + kRank.name_coverage * of_name * of_query);
    total *= for_this_address(document, query, authorities);
    if (is_exact(id)) total += kRank.exact_name;
    scored.push_back({id, total, tally.as_written == scorer.words()});
  }
  return scored;
}

std::vector<Scored> best_of(const Contents& contents, std::vector<Scored> scored, std::size_t limit) {
  const auto better = [&](const Scored& a, const Scored& b) {
    if (a.score != b.score) return a.score > b.score;
    const Document& x = contents.documents[a.document];
    const Document& y = contents.documents[b.document];
    return std::tie(x.name, x.key) < std::tie(y.name, y.key);
  };
  const std::size_t kept = std::min(limit, scored.size());
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept), scored.end(), better);
  scored.resize(kept);
  return scored;
}

}  // namespace kiosk::search
