// Postcodes as typed, scanned or pasted, alone and among other words: any bytes are safe, what is recognised is
// recognised again as itself, and a mention is taken out of the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include "kiosk/areas/mention.h"
#include "tests/unit/temporary_folder.h"

namespace {

using kiosk::areas::AreaTable;

// In memory: the files are gone when it is returned.
std::shared_ptr<const AreaTable> small_table() {
  const kiosk::test::TemporaryFolder folder;
  std::ofstream(folder / "p.csv") << "postcode,lat,lon,admin_county_gss,admin_district_gss\n"
                                     "AB1 2CD,53,-0.4,,E06000001\nSW1A 1AA,51.5,-0.1,,E06000001\n"
                                     "M1 1AE,53.4,-2.2,,E06000001\nGIR 0AA,53,-3,,E06000001\n";
  std::ofstream(folder / "a.csv") << "gss,name,tier,parent_gss\nE06000001,Abbey Council,unitary,\n";
  const auto loaded = AreaTable::load({folder / "p.csv"}, {folder / "a.csv"});
  if (!loaded.ok() || (*loaded)->size() == 0) std::abort();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto table = small_table();
  if (const auto postcode = kiosk::areas::normalise_postcode(text)) {
    if (kiosk::areas::normalise_postcode(*postcode) != *postcode) std::abort();
    const auto found = table->find(text);
    if (!found.ok() && found.error().kind != kiosk::core::ErrorKind::NotFound) std::abort();
  }
  if (const auto mention = kiosk::areas::find_mention(text, *table)) {
    if (kiosk::areas::normalise_postcode(mention->answer.postcode) != mention->answer.postcode) std::abort();
    if (mention->rest.size() >= text.size()) std::abort();
  }
  return 0;
}
