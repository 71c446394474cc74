// Members of feed records, read leniently: what publishers really write into them, made clean or left out.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/core/clock.h"
#include "kiosk/core/json.h"
#include "kiosk/directory/model.h"

namespace kiosk::directory {

// Bounds of what one record may hold; the rest is left out.
inline constexpr std::size_t kMaxListItems = 300;
inline constexpr std::size_t kMaxLineLetters = 200;  // code points of a name or another single line

// A list member under the first of these names that holds anything: dialects and servers spell them differently.
const core::Json& list_of(const core::Json& object, std::initializer_list<const char*> names);
// Calls `use(item)` for the objects in a list, at most kMaxListItems of them.
template <class Use>
void each_object(const core::Json& list, Use&& use) {
  std::size_t left = kMaxListItems;
  for (const core::Json& item : list) {
    if (left-- == 0) return;
    if (item.is_object()) use(item);
  }
}

// At most kMaxLineLetters, cut after a word where there is one, and "…" in place of the rest. True where it was longer.
bool shorten_line(std::string& line);

std::string line_of(const core::Json& object, const char* key);                          // one clean line, shortened
std::string line_of(const core::Json& object, std::initializer_list<const char*> keys);  // of the first that has one
// As line_of, at full length: read_record() shortens the names of a record itself, and counts them.
std::string name_of(const core::Json& object, std::initializer_list<const char*> keys);
std::string text_of(const core::Json& object, const char* key);  // paragraphs
std::string text_of(const core::Json& object, std::initializer_list<const char*> keys);

// Trimmed and compared without regard to ASCII case: enum words vary (rule 8).
bool is_word(std::string_view text, std::string_view word);

// An http(s) address, "https://" added where the scheme is missing; "" for anything else (rule 9).
std::string clean_url(std::string_view text);
std::string clean_email(std::string_view text);
// Years; nullopt for -1 and whatever else is no age (rule 6).
std::optional<int> age_of(const core::Json& object, std::initializer_list<const char*> keys);
std::optional<core::Date> date_of(const core::Json& object, const char* key);
// A date or date-time, with or without zone (rule 10).
std::optional<core::Instant> instant_of(const core::Json& object, const char* key);

// "Bristol Youth MAPS: 0117 332 7111" → {"0117 332 7111", description "Bristol Youth MAPS"}; several numbers in one
// text become several phones; text without a number none (rule 9).
std::vector<Phone> read_phone_text(std::string_view text);
// UK numbers that stand in free text, at most eight.
std::vector<Phone> find_phones(std::string_view text);
// Of a list of phone objects, and of the phones inside a list of contacts.
void add_phones(const core::Json& list, std::vector<Phone>& phones);
void add_contact_phones(const core::Json& contacts, std::vector<Phone>& phones);
// Adds unless a phone with the same digits is there; a description is kept where only one has it.
void add_phone(Phone phone, std::vector<Phone>& phones);

// "ur", "URD" and "Urdu" → "ur"; an unknown name stays as it is; "" for nothing.
std::string language_code(std::string_view text);

}  // namespace kiosk::directory
