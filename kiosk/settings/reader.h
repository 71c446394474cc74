// Reads members of a TOML table one by one and remembers which were asked for, so that whatever is left over is an
// unknown key. Every complaint has line and dotted key. Private to settings/.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/settings/load.h"

namespace kiosk::settings {

// What all readers of one file share.
struct ReadContext {
  std::filesystem::path base;  // relative paths start here
  std::vector<Problem> problems;
  std::vector<std::string> given;
  std::map<std::string, int> lines;  // of the keys given, and of the elements of lists: "areas.postcodes[0]"
};

class TableReader {
 public:
  // `table` may be null: everything keeps its default.
  TableReader(ReadContext& context, const toml::table* table, std::string prefix);
  ~TableReader();  // reports the keys that nobody asked for
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  void text(std::string_view key, std::string& out, std::size_t max_bytes = 500);
  void required_text(std::string_view key, std::string& out);
  void whole(std::string_view key, int& out, int lowest, int highest);
  void number(std::string_view key, double& out, double lowest, double highest);
  void boolean(std::string_view key, bool& out);
  void texts(std::string_view key, std::vector<std::string>& out);
  void path(std::string_view key, std::filesystem::path& out);
  void paths(std::string_view key, std::vector<std::filesystem::path>& out);

  template <class Choice>
  void choice(std::string_view key, Choice& out, std::initializer_list<std::pair<std::string_view, Choice>> choices) {
    std::string word;
    const toml::node* node = member(key);
    if (!node) return;
    std::string allowed;
    for (const auto& [name, value] : choices) {
      if (node->value<std::string>() == name) {
        out = value;
        return;
      }
      allowed += (allowed.empty() ? "\"" : ", \"") + std::string(name) + "\"";
    }
    complain(node, key, "expected one of " + allowed);
  }

  const toml::table* table(std::string_view key);                // null where missing or wrong
  std::vector<const toml::table*> tables(std::string_view key);  // an array of tables
  bool is_empty_text(std::string_view key) const { return table_ && (*table_)[key].value<std::string>() == ""; }
  bool has(std::string_view key) const { return table_ && table_->contains(key); }
  void complain(const toml::node* node, std::string_view key, std::string what);
  // Complains about a value already read, by its key.
  void complain(std::string_view key, std::string what);

 private:
  const toml::node* member(std::string_view key);
  void expected(const toml::node* node, std::string_view key, std::string_view wanted);
  std::string dotted(std::string_view key) const;
  std::filesystem::path resolved(const std::string& text) const;

  ReadContext& context_;
  const toml::table* table_;
  std::string prefix_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace kiosk::settings
