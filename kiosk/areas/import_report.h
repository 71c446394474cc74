// What reading tables of areas came to: for staff, and for kioskctl areas import.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::areas {

// Rows left out for one reason.
struct SkippedRows {
  std::string reason;  // "not a postcode"
  std::size_t count = 0;
  std::string example;  // "file:line" of the first; never what stands in it
};

struct ImportReport {
  std::size_t postcode_rows = 0, postcodes = 0;     // read; of these, different postcodes and areas
  std::size_t authority_rows = 0, authorities = 0;  // read; of these, authorities of today
  std::size_t successor_codes = 0;                  // codes in the postcode tables that a successor answers for
  std::size_t successor_postcodes = 0;              // postcodes with such a code
  std::size_t unserved_postcodes = 0;               // whose council is in no list
  std::vector<SkippedRows> skipped;

  void skip(std::string_view reason, const std::string& where, std::size_t line);
  std::size_t skipped_rows() const;
};

}  // namespace kiosk::areas
