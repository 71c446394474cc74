// Services to the bytes of an index. Private to search.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/directory/model.h"
#include "kiosk/search/concepts.h"
#include "kiosk/search/contents.h"
#include "kiosk/search/features.h"
#include "kiosk/search/string_table.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

// The hash of a name's words in order.
std::uint64_t hash_of_name(const std::vector<Token>& tokens);

// What the parts of an index are built of, once every word has its place. Sorted words, postings by word.
struct SortedWords {
  std::vector<std::string_view> words;
  std::vector<WordId> id_of;                   // by the order of first sight
  std::vector<std::vector<Posting>> postings;  // by sorted id
};

class Builder {
 public:
  void add(const directory::Service& service);
  // Once, at the end: the whole file.
  std::string finish(const ConceptList& concepts, std::int64_t generation);

 private:
  struct Seen {
    WordId word;  // in the order of first sight
    Field field;
    auto operator<=>(const Seen&) const = default;
  };

  std::vector<Token> add_text(Field field, std::string_view text);
  void add_places(const directory::Service& service);
  std::uint8_t add_name(std::string_view name, Field field);  // gives how many of its words carry weight
  void add_categories(const directory::Service& service);
  void close_document();
  WordId intern(const Token& token, std::string_view text);
  std::set<std::string> ancestors_of(DocumentId document) const;  // ids of the categories above its own
  void add_ancestors();
  SortedWords sort_words();
  void write_authorities(FileWriter& file);
  void write_documents(FileWriter& file);
  void write_spellings(const SortedWords& sorted, FileWriter& file);

  StringTable words_;                                          // numbered by first sight
  std::vector<std::string> spelling_;                          // by first sight; empty where it is the word itself
  std::vector<std::vector<Posting>> postings_;                 // by first sight
  std::vector<Seen> seen_;                                     // of the document being added
  std::uint32_t lengths_[kFields] = {};                        // words of each field of it
  SaidByField said_;                                           // of it
  std::map<std::string, directory::Category> categories_;      // by id
  std::vector<std::vector<std::string>> document_categories_;  // ids, by document, where an ancestor may be known
  StringTable authorities_;
  std::vector<Document> documents_;
  std::vector<Traits> traits_;
  std::vector<Features> features_;
  std::vector<std::uint32_t> document_authorities_;
  std::vector<std::vector<Point>> points_;  // by document
  std::vector<NameHash> names_;
  StringTable strings_;
};

}  // namespace kiosk::search
