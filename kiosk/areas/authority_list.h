// The authorities, and which of them serve an area. Private to areas.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/areas/areas.h"
#include "kiosk/areas/authority_csv.h"
#include "kiosk/areas/postcode_table.h"

namespace kiosk::areas {

class AuthorityList {
 public:
  // The first row of a code stands; later files add what it lacks: parent, website, phone, covers, former codes.
  void add(AuthorityRows rows);
  // Resolves covers and successors. Call once, after the last file.
  void finish();

  // Who answers for a code today: its successor where there is one, else whoever has it; null where unknown.
  const Authority* find(std::string_view code) const;
  // True where find() goes to a successor.
  bool is_former(std::string_view code) const;
  // Who serves the area, the nearest tier first; empty where no authority of it is known.
  std::vector<Serves> serving(const CouncilCodes& area) const;
  const std::vector<AuthorityRow>& rows() const { return rows_; }  // in the order of the files

 private:
  void merge(AuthorityRow& into, AuthorityRow from);
  void take_register_codes();
  std::pair<const Authority*, const Authority*> councils(const CouncilCodes& area) const;

  std::vector<AuthorityRow> rows_;
  std::map<std::string, std::size_t, std::less<>> index_, former_index_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> covering_;  // council → bodies whose area holds it
  std::map<std::string, std::string, std::less<>> code_of_registry_;
  std::vector<std::pair<std::string, std::string>> register_codes_;
};

}  // namespace kiosk::areas
