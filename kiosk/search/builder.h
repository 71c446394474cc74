// Services to the contents of an index. Private to search.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/search/contents.h"
#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

// The hash of a name's words in order.
std::uint64_t hash_of_name(const std::vector<Token>& tokens);

class Builder {
 public:
  void add(const directory::Service& service);
  // Once, at the end.
  Contents finish();

 private:
  struct Occurrence {
    WordId word;  // in the order of first sight
    DocumentId document;
    std::uint16_t times;
    Field field;
  };

  void add_text(Field field, std::string_view text);
  void add_places(const directory::Service& service, Document& document);
  void add_name(std::string_view name, Field field);
  void close_fields();
  WordId intern(const Token& token, std::string_view text);
  std::uint32_t intern_authority(const std::string& authority);
  std::vector<WordId> sort_words(Contents& contents);
  void fill_postings(Contents& contents, const std::vector<WordId>& sorted_id) const;
  void sort_authorities(Contents& contents);

  std::unordered_map<std::string, WordId> word_ids_;
  std::vector<std::string> words_, spelling_;  // by first sight; spelling empty where it is the word itself
  std::vector<Occurrence> occurrences_;
  std::array<std::unordered_map<WordId, std::uint16_t>, kFields> counts_;  // of the document being added
  std::vector<std::array<std::uint32_t, kFields>> lengths_;                // words of each field, by document
  std::unordered_map<std::string, std::uint32_t> authority_ids_;
  std::vector<std::string> authorities_;
  std::vector<Document> documents_;
  std::vector<NameHash> names_;
};

}  // namespace kiosk::search
