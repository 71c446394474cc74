#include "kiosk/search/scorer.h"

#include <algorithm>
#include <cmath>

#include "kiosk/search/weights.h"

namespace kiosk::search {
namespace {

// One for each thread: clearing a tally of a million records would cost more than a query.
struct Table {
  std::vector<Tally> tallies;
  std::vector<DocumentId> matched, touched;
  std::uint32_t query = 0;
};

Table& table() {
  thread_local Table one;
  return one;
}

}  // namespace

Scorer::Scorer(const Contents& contents) : contents_(contents) {
  Table& t = table();
  if (t.tallies.size() < contents.documents.size()) t.tallies.resize(contents.documents.size());
  if (++t.query == 0) {  // once in four thousand million queries
    std::fill(t.tallies.begin(), t.tallies.end(), Tally{});
    t.query = 1;
  }
  query_ = t.query;
  t.matched.clear();
}

const std::vector<DocumentId>& Scorer::matched() const { return table().matched; }
const Tally& Scorer::tally(DocumentId document) const { return table().tallies[document]; }

float Scorer::rarity(std::size_t holders) const {
  const auto all = static_cast<float>(contents_.documents.size());
  const auto with = static_cast<float>(holders);
  return std::log(1.0f + (all - with + 0.5f) / (with + 0.5f));
}

Tally& Scorer::fresh(DocumentId document) {
  Tally& tally = table().tallies[document];
  if (tally.query != query_) {
    tally = {};
    tally.query = query_;
  }
  return tally;
}

void Scorer::add_word(const QueryWord& word, const Readings& readings) {
  ++word_;
  float worth = 0;
  for (const Reading& reading : readings) {
    const float rare = add_reading(reading, worth, word.worth);
    if (worth == 0) worth = rare;
  }
  // A word that nothing matches weighs as much as the rarest, for every record alike.
  worth_.push_back(worth > 0 ? worth : word.worth * rarity(1));
  total_ += worth_.back();
}

// Gives the rarity of the reading. Records that an earlier reading of the word matched are left as they are.
float Scorer::add_reading(const Reading& reading, float worth_so_far, float of_word) {
  Table& t = table();
  t.touched.clear();
  if (reading.how == How::Written) {
    for (const WeighedWord& each : reading.words) {
      for (const Posting& posting : contents_.postings.of(each.word)) add_sum(posting, each.weight);
    }
  } else {
    for (const WeighedWord& each : reading.words) {
      for (const Posting& posting : contents_.postings.of(each.word)) add_posting(posting, each.weight, reading.fields);
    }
    for (const Posting& posting : reading.gathered) add_posting(posting, reading.weight, reading.fields);
    for (const Posting& posting : reading.ready) add_posting(posting, reading.weight, reading.fields);
  }
  if (t.touched.empty()) return 0;
  const float rare = of_word * rarity(t.touched.size());
  // A typing error or a beginning is worth no more than the word that was written, if that is known.
  const float worth = worth_so_far > 0 ? std::min(worth_so_far, rare) : rare;
  for (const DocumentId document : t.touched) close(document, reading, worth);
  return rare;
}

// Forms of one word add up.
void Scorer::add_sum(const Posting& posting, float weight) {
  Tally& tally = fresh(posting.document);
  if (tally.word == word_) return;
  if (tally.reading == 0) table().touched.push_back(posting.document);
  tally.reading += weight * static_cast<float>(posting.weight) / kWeightScale;
  tally.fields = static_cast<std::uint8_t>(tally.fields | posting.fields);
}

// Of different words that may be meant, the best one counts. `reading` then holds the score itself.
void Scorer::add_posting(const Posting& posting, float weight, std::uint8_t fields) {
  if (!(posting.fields & fields)) return;
  Tally& tally = fresh(posting.document);
  if (tally.word == word_) return;
  if (tally.reading == 0) table().touched.push_back(posting.document);
  const float sum = static_cast<float>(posting.weight) / kWeightScale;
  const float score = weight * sum / (sum + kRank.saturation);
  if (score <= tally.reading) return;
  tally.reading = score;
  tally.fields = posting.fields;
}

void Scorer::close(DocumentId document, const Reading& reading, float worth) {
  Tally& tally = table().tallies[document];
  if (tally.word == 0) table().matched.push_back(document);
  tally.word = word_;
  const bool written = reading.how == How::Written;
  const float score = written ? tally.reading / (tally.reading + kRank.saturation) : tally.reading;
  tally.text += worth * score;
  // A guess matches a part of the word's weight only.
  const float sure = written ? 1.0f : reading.how == How::GoesOn ? kRank.prefix : std::min(1.0f, 2 * score);
  tally.matched += worth * sure;
  if (tally.fields & bit(Field::Name)) ++tally.in_name;
  if (written || reading.how == How::GoesOn || reading.how == How::Split) ++tally.as_written;
  tally.reading = 0;
  tally.fields = 0;
}

void Scorer::add_meaning(const Meaning& meaning) {
  float explained = 0;
  for (std::size_t i = 0; i < worth_.size(); ++i) explained += meaning.words & (1u << i) ? worth_[i] : 0;
  const float focus = std::pow(explained / total_, kRank.focus);
  for (const ConceptPosting& posting : contents_.concept_postings.of(meaning.concept_id)) {
    Tally& tally = fresh(posting.document);
    if (tally.word == 0 && tally.meaning == 0) table().matched.push_back(posting.document);
    const float meant = focus * meaning.strength * posting.weight * explained;
    if (meant <= tally.meant) continue;
    tally.meant = meant;
    tally.meaning = kRank.meaning * meant;
  }
}

}  // namespace kiosk::search
