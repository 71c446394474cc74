// The sums of a query over all records: BM25F word by word, and the concepts. Private to search.
#pragma once

#include <cstdint>
#include <vector>

#include "kiosk/search/meaning.h"

namespace kiosk::search {

// What is known of one record while a query is worked out.
struct Tally {
  std::uint32_t query = 0;  // whose figures these are; others are as good as none
  float text = 0;           // sum of the words' scores
  float matched = 0;        // weight of the words that matched, of all the query's weight
  float reading = 0;        // of the reading at hand: the saturating sum
  float meaning = 0;        // of the concept that says most
  float meant = 0;          // weight of the words that it explains
  std::uint16_t word = 0;   // the last word that matched, counted from 1
  std::uint8_t fields = 0;  // of the reading at hand
  std::uint8_t in_name = 0;
  std::uint8_t as_written = 0;
};

// Any thread: each has one table, kept for the next query. It holds no words.
class Scorer {
 public:
  explicit Scorer(const Contents& contents);

  void add_word(const QueryWord& word, const Readings& readings);
  void add_meaning(const Meaning& meaning);  // after all words

  std::size_t words() const { return worth_.size(); }
  float total() const { return total_; }
  float worth(std::size_t word) const { return worth_[word]; }
  const std::vector<DocumentId>& matched() const;
  const Tally& tally(DocumentId document) const;

 private:
  float rarity(std::size_t holders) const;
  float add_reading(const Reading& reading, float worth_so_far, float of_word);
  void add_posting(const Posting& posting, float weight, std::uint8_t fields);
  void add_sum(const Posting& posting, float weight);
  void close(DocumentId document, const Reading& reading, float worth);
  Tally& fresh(DocumentId document);

  const Contents& contents_;
  std::vector<float> worth_;
  float total_ = 0;
  std::uint16_t word_ = 0;
  std::uint32_t query_ = 0;
};

}  // namespace kiosk::search
