#include "kiosk/search/scorer.h"

#include <algorithm>
#include <cmath>

#include "kiosk/search/weights.h"

namespace kiosk::search {

// Tallies are as new between two blocks, and between two queries: only what was changed is cleared.
struct Scorer::Table {
  std::vector<Tally> tallies = std::vector<Tally>(kBlockRecords);
  // Each with one more place than can be used: a record is written down before it is known to be a new one, as a guess
  // by the processor that is often wrong costs more.
  std::vector<std::uint32_t> touched = std::vector<std::uint32_t>(kBlockRecords + 1);  // by the reading at hand
  std::vector<DocumentId> matched = std::vector<DocumentId>(kBlockRecords + 1);
  std::size_t touched_count = 0, matched_count = 0;

  void clear() {
    for (std::size_t i = 0; i < matched_count; ++i) tallies[matched[i] % kBlockRecords] = {};
    matched_count = 0;
  }

  // Which records a query matched tells something of it.
  void wipe() {
    clear();
    std::fill(matched.begin(), matched.end(), 0);
    std::fill(touched.begin(), touched.end(), 0);
  }
};

Scorer::Table& Scorer::table() {
  thread_local Table one;
  return one;
}

Scorer::Scorer(const Contents& contents, const std::vector<SharedWordPlan>& words, const std::vector<Meaning>& meanings)
    : contents_(contents), table_(table()), tallies_(table_.tallies.data()) {
  for (const SharedWordPlan& plan : words) {
    Word word{plan.get(), {}};
    for (const Way& way : plan->ways) word.places.push_back(way.postings.start());
    words_.push_back(std::move(word));
    total_ += plan->worth;
    walked_ += plan->walked;
  }
  of_total_ = 1 / total_;
  of_words_ = 1 / static_cast<float>(words_.size());
  for (const Meaning& meaning : meanings) {
    float explained = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) explained += meaning.words & (1u << i) ? words_[i].plan->worth : 0;
    const auto postings = contents.concept_postings.of(meaning.concept_id);
    walked_ += postings.size();
    const float focus = std::pow(explained / total_, kRank.focus);
    meanings_.push_back({postings, 0, focus * meaning.strength, explained});
  }
}

Scorer::~Scorer() { table_.wipe(); }

void Scorer::open(std::size_t block) {
  table_.clear();
  block_ = block;
  word_ = 0;
}

void Scorer::add_all(std::size_t block) {
  open(block);
  for (std::size_t i = 0; i < words_.size(); ++i) add_word(i);
  for (std::size_t i = 0; i < meanings_.size(); ++i) add_meaning(i);
}

std::span<const DocumentId> Scorer::matched() const { return {table_.matched.data(), table_.matched_count}; }

// Records that an earlier reading of the word matched are left as they are.
void Scorer::add_word(std::size_t word) {
  ++word_;
  Word& at_hand = words_[word];
  for (std::size_t i = 0; i < at_hand.places.size(); ++i) {
    const Way& way = at_hand.plan->ways[i];
    table_.touched_count = 0;
    if (way.how == How::Written) {
      add_sums(way, at_hand.places[i]);
    } else {
      add_best(way, at_hand.places[i]);
    }
    close(way);
  }
}

// Forms of one word add up.
void Scorer::add_sums(const Way& way, BlockLists::Places& places) {
  Tally* const tallies = tallies_;
  std::uint32_t* const touched = table_.touched.data();
  std::size_t count = 0;
  way.postings.for_block(block_, places, [&, now = word_](const Posting& posting, float weight) {
    const std::uint32_t place = posting.document % kBlockRecords;
    Tally& tally = tallies[place];
    if (tally.word == now) return;
    touched[count] = place;
    count += tally.reading == 0;
    tally.reading += weight * static_cast<float>(posting.weight) / kWeightScale;
    tally.fields = static_cast<std::uint8_t>(tally.fields | posting.fields);
  });
  table_.touched_count = count;
}

// Of different words that may be meant, the best one counts. `reading` then holds the score itself.
void Scorer::add_best(const Way& way, BlockLists::Places& places) {
  Tally* const tallies = tallies_;
  std::uint32_t* const touched = table_.touched.data();
  std::size_t count = 0;
  way.postings.for_block(block_, places, [&, now = word_, fields = way.fields](const Posting& posting, float weight) {
    const std::uint32_t place = posting.document % kBlockRecords;
    Tally& tally = tallies[place];
    if (!(posting.fields & fields) || tally.word == now) return;
    touched[count] = place;
    count += tally.reading == 0;
    const float sum = static_cast<float>(posting.weight) / kWeightScale;
    const float score = weight * sum / (sum + kRank.saturation);
    if (score <= tally.reading) return;
    tally.reading = score;
    tally.fields = posting.fields;
  });
  table_.touched_count = count;
}

// Everything is held in names of this function: a store into a tally's bytes might else change any of it, for all that
// a compiler knows, so that it is read again for each record.
void Scorer::close(const Way& way) {
  const bool written = way.how == How::Written;
  const bool goes_on = way.how == How::GoesOn;
  const bool as_written = written || goes_on || way.how == How::Split;
  const float worth = way.worth;
  const std::uint8_t word = word_;
  const auto first = static_cast<DocumentId>(block_ * kBlockRecords);
  const std::span<const std::uint32_t> touched(table_.touched.data(), table_.touched_count);
  Tally* const tallies = tallies_;
  DocumentId* matched = table_.matched.data() + table_.matched_count;
  for (const std::uint32_t place : touched) {
    Tally& tally = tallies[place];
    *matched = first + place;
    matched += tally.word == 0;
    tally.word = word;
    const float score = written ? tally.reading / (tally.reading + kRank.saturation) : tally.reading;
    tally.text += worth * score;
    // A guess matches a part of the word's weight only.
    const float sure = written ? 1.0f : goes_on ? kRank.prefix : std::min(1.0f, 2 * score);
    tally.matched += worth * sure;
    tally.in_name = static_cast<std::uint8_t>(tally.in_name + ((tally.fields & bit(Field::Name)) != 0));
    tally.as_written = static_cast<std::uint8_t>(tally.as_written + as_written);
    tally.reading = 0;
    tally.fields = 0;
  }
  table_.matched_count = static_cast<std::size_t>(matched - table_.matched.data());
}

void Scorer::add_meaning(std::size_t meaning) {
  Concept& one = meanings_[meaning];
  Tally* const tallies = tallies_;
  DocumentId* const matched = table_.matched.data();
  std::size_t count = table_.matched_count;
  const float strength = one.strength, explained = one.explained;
  visit_block(one.postings, block_, one.place, [&](const ConceptPosting& posting) {
    Tally& tally = tallies[posting.document % kBlockRecords];
    matched[count] = posting.document;
    count += (tally.word == 0) & (tally.meant == 0);
    tally.meant = std::max(tally.meant, strength * posting.weight * explained);
  });
  table_.matched_count = count;
}

}  // namespace kiosk::search
