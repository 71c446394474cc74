#include "kiosk/areas/authority_registry.h"

#include <map>
#include <optional>
#include <utility>

#include "kiosk/areas/authority_text.h"
#include "kiosk/core/strings.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

namespace {

constexpr int kMostMergers = 8;  // one after the other

// A row as the register has it.
struct Entry {
  std::string code, gss, name, county, combined;
  std::optional<Tier> tier;
  std::vector<std::string> replaced_by, formers;
  bool ended = false;
  std::size_t line = 0;
};

std::optional<Tier> tier_of(std::string_view type) {
  for (const char* unitary : {"UA", "MD", "LBO", "CC", "SCO", "WPA", "NID"}) {
    if (type == unitary) return Tier::Unitary;
  }
  if (type == "CTY") return Tier::County;
  if (type == "NMD") return Tier::District;
  if (type == "COMB" || type == "SRA") return Tier::Combined;
  return std::nullopt;
}

Entry read_entry(const core::CsvTable& table) {
  Entry entry;
  entry.code = clean_field(table.field("local-authority-code"));
  entry.gss = clean_field(table.field("gss-code"));
  entry.name = clean_field(table.field("official-name"));
  if (entry.name.empty()) entry.name = clean_field(table.field("nice-name"));
  entry.county = clean_field(table.field("county-la"));
  entry.combined = clean_field(table.field("combined-authority"));
  entry.tier = tier_of(table.field("local-authority-type"));
  entry.replaced_by = keys_of(table.field("replaced-by"), ',');
  entry.formers = keys_of(table.field("former-gss-codes"), ',');
  entry.ended = !entry.replaced_by.empty() || core::equals_ignoring_case(table.field("current-authority"), "false");
  entry.line = table.line();
  return entry;
}

class Register {
 public:
  explicit Register(std::vector<Entry> entries) : entries_(std::move(entries)) {
    for (std::size_t i = 0; i < entries_.size(); ++i) index_.try_emplace(entries_[i].code, i);
  }

  AuthorityRows rows(const std::string& where, ImportReport& report) {
    AuthorityRows found;
    for (const Entry& entry : entries_) add_present(entry, where, report, found);
    for (const Entry& entry : entries_) add_ended(entry, where, report, found);
    for (const Entry& entry : entries_) {
      if (AuthorityRow* body = row_of(entry.combined, found); body && !entry.ended && !entry.gss.empty())
        body->covers.push_back(entry.gss);
    }
    return found;
  }

 private:
  const Entry* find(const std::string& code) const {
    const auto found = index_.find(code);
    return found == index_.end() ? nullptr : &entries_[found->second];
  }

  AuthorityRow* row_of(const std::string& code, AuthorityRows& found) const {
    const auto place = row_index_.find(code);
    return place == row_index_.end() ? nullptr : &found.rows[place->second];
  }

  void add_present(const Entry& entry, const std::string& where, ImportReport& report, AuthorityRows& found) {
    if (entry.ended) return;
    const char* why = !entry.tier                         ? "no type that is known"
                      : entry.gss.empty()                 ? "no GSS code"
                      : entry.gss.size() > kMostCodeBytes ? "a code that is too long"
                      : entry.name.empty()                ? "no name"
                      : row_index_.contains(entry.code)   ? "a code that is there twice"
                                                          : nullptr;
    if (why) return report.skip(why, where, entry.line);
    Authority authority;
    authority.code = entry.gss;
    authority.name = entry.name;
    authority.tier = *entry.tier;
    const Entry* county = entry.tier == Tier::District ? find(entry.county) : nullptr;
    if (county && !county->ended) authority.parent = county->gss;
    row_index_.try_emplace(entry.code, found.rows.size());
    found.code_of_registry[entry.code] = entry.gss;
    found.rows.push_back({std::move(authority), {}, entry.formers});
  }

  // The one authority of today that took over; null where there is none, or more than one.
  const Entry* successor_of(const Entry& entry) const {
    const Entry* at = &entry;
    for (int mergers = 0; at && at->ended; ++mergers) {
      if (mergers == kMostMergers || at->replaced_by.size() != 1) return nullptr;
      at = find(at->replaced_by.front());
    }
    return at;
  }

  void add_ended(const Entry& entry, const std::string& where, ImportReport& report, AuthorityRows& found) {
    if (!entry.ended) return;
    const Entry* successor = successor_of(entry);
    AuthorityRow* row = successor ? row_of(successor->code, found) : nullptr;
    if (entry.gss.empty()) return report.skip("ended, and without a GSS code", where, entry.line);
    if (!row) {
      return report.skip(
          entry.replaced_by.size() > 1 ? "ended, and replaced by several" : "ended, and nobody took over", where,
          entry.line);
    }
    row->formers.push_back(entry.gss);
    row->formers.insert(row->formers.end(), entry.formers.begin(), entry.formers.end());
  }

  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> index_, row_index_;
};

}  // namespace

core::Result<AuthorityRows> read_registry(core::CsvTable table, const std::string& where, ImportReport& report) {
  for (const char* name : {"local-authority-code", "replaced-by", "former-gss-codes", "county-la"}) {
    if (!table.has(name)) return make_error(ErrorKind::Invalid, std::string("has no column \"") + name + '"', where);
  }
  std::vector<Entry> entries;
  while (true) {
    KIOSK_TRY(const bool more, table.next());
    if (!more) break;
    if (++report.authority_rows > kMostAuthorities)
      return make_error(ErrorKind::Full, "names more authorities than a country has", where);
    entries.push_back(read_entry(table));
  }
  return Register(std::move(entries)).rows(where, report);
}

}  // namespace kiosk::areas
