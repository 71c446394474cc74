// The sums of a query over the records: BM25F word by word, and the concepts. Private to search.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kiosk/search/weights.h"
#include "kiosk/search/word_plan.h"

namespace kiosk::search {

// What is known of one record while a query is worked out.
struct Tally {
  float text = 0;           // sum of the words' scores
  float matched = 0;        // weight of the words that matched, of all the query's weight
  float reading = 0;        // of the reading at hand: the saturating sum
  float meant = 0;          // weight of the words that the concept explains which says most
  std::uint8_t word = 0;    // the last word that matched, counted from 1
  std::uint8_t fields = 0;  // of the reading at hand
  std::uint8_t in_name = 0;
  std::uint8_t as_written = 0;

  float meaning() const { return kRank.meaning * meant; }  // score of that concept
};

// Works out a query a block of records at a time, so that what is known of them stays in the cache between one word and
// the next: a table of all records is read from memory again for every word, which takes most of a query's time.
// Any thread, one at a time: each has one block's table, kept for the next query. It holds no words. What the scorer is
// made of must outlive it.
class Scorer {
 public:
  Scorer(const Contents& contents, const std::vector<SharedWordPlan>& words, const std::vector<Meaning>& meanings);
  ~Scorer();
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;

  std::size_t words() const { return words_.size(); }
  float total() const { return total_; }  // the weight of all words
  // 1 / total() and 1 / words(): a division for each record that matches is felt.
  float of_total() const { return of_total_; }
  float of_words() const { return of_words_; }
  std::size_t walked() const { return walked_; }  // postings of all words and meanings: what the query costs

  std::size_t blocks() const { return blocks_of(contents_.documents.size()); }
  // Turns to a block, of which nothing is known then; in rising order, quickest.
  void open(std::size_t block);
  void add_word(std::size_t word);        // each once, in order
  void add_meaning(std::size_t meaning);  // after all words
  void add_all(std::size_t block);        // opens it, and adds everything

  // The records of the block that match anything so far.
  std::span<const DocumentId> matched() const;
  const Tally& tally(DocumentId document) const { return tallies_[document % kBlockRecords]; }

 private:
  struct Table;
  struct Word {
    const WordPlan* plan;
    std::vector<BlockLists::Places> places;  // by way
  };
  struct Concept {
    std::span<const ConceptPosting> postings;
    std::size_t place;  // behind the last block
    float strength;     // of the meaning, by how much of the query it explains
    float explained;    // weight of the words that it explains
  };

  static Table& table();
  void add_sums(const Way& way, BlockLists::Places& places);
  void add_best(const Way& way, BlockLists::Places& places);
  void close(const Way& way);

  const Contents& contents_;
  Table& table_;
  Tally* const tallies_;  // of the table
  std::vector<Word> words_;
  std::vector<Concept> meanings_;
  float total_ = 0, of_total_ = 0, of_words_ = 0;
  std::size_t walked_ = 0;
  std::size_t block_ = 0;
  std::uint8_t word_ = 0;
};

}  // namespace kiosk::search
