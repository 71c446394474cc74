#include "kiosk/areas/areas.h"

#include <algorithm>
#include <set>

#include "kiosk/areas/authority_list.h"
#include "kiosk/areas/postcode_table.h"
#include "kiosk/areas/table_file.h"
#include "kiosk/core/files.h"
#include "kiosk/core/postcode.h"

namespace kiosk::areas {

using core::ErrorKind;
using core::make_error;

struct AreaTable::Impl {
  TableFile file;  // what `postcodes` looks at, where it was not loaded
  PostcodeTable postcodes;
  AuthorityList authorities;
  ImportReport report;

  void finish() {
    authorities.finish();
    report.postcodes = postcodes.entries().size();
    report.authorities = authorities.rows().size();
    const std::vector<std::size_t> rows = postcodes.rows_of_areas();
    std::set<std::string> former;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const CouncilCodes& area = postcodes.areas()[i];
      if (authorities.serving(area).empty()) report.unserved_postcodes += rows[i];
      // A row without a district has the county as its one council.
      const std::string& council = area.district.empty() ? area.county : area.district;
      if (!authorities.is_former(council)) continue;
      former.insert(council);
      report.successor_postcodes += rows[i];
    }
    report.successor_codes = former.size();
  }
};

AreaTable::AreaTable() : impl_(std::make_unique<Impl>()) {}
AreaTable::~AreaTable() = default;

std::optional<std::string> normalise_postcode(std::string_view text) {
  if (auto full = core::normalise_full_postcode(text)) return full;
  return core::normalise_outcode(text);
}

core::Result<std::shared_ptr<const AreaTable>> AreaTable::load(const std::vector<std::filesystem::path>& postcodes,
                                                               const std::vector<std::filesystem::path>& authorities) {
  auto table = std::make_shared<AreaTable>();
  Impl& impl = *table->impl_;
  for (const std::filesystem::path& file : postcodes) {
    KIOSK_TRY(const std::string bytes, core::read_file(file));
    KIOSK_CHECK(impl.postcodes.add_csv(bytes, file.string(), impl.report));
  }
  for (const std::filesystem::path& file : authorities) {
    KIOSK_TRY(const std::string bytes, core::read_file(file));
    KIOSK_TRY(AuthorityRows rows, read_authorities(bytes, file.string(), impl.report));
    impl.authorities.add(std::move(rows));
  }
  impl.postcodes.finish();
  impl.finish();
  return std::shared_ptr<const AreaTable>(std::move(table));
}

core::Status AreaTable::save(const std::filesystem::path& file) const {
  return write_table(file, impl_->postcodes, impl_->authorities.rows());
}

core::Result<std::shared_ptr<const AreaTable>> AreaTable::open(const std::filesystem::path& file) {
  auto table = std::make_shared<AreaTable>();
  Impl& impl = *table->impl_;
  KIOSK_TRY(impl.file, read_table(file));
  impl.postcodes = PostcodeTable::view(impl.file.entries(), std::move(impl.file.areas));
  impl.authorities.add({std::move(impl.file.authorities), {}, {}});
  impl.authorities.finish();
  impl.report.postcodes = impl.postcodes.entries().size();
  impl.report.authorities = impl.authorities.rows().size();
  return std::shared_ptr<const AreaTable>(std::move(table));
}

std::shared_ptr<const AreaTable> AreaTable::empty() { return std::make_shared<const AreaTable>(); }

core::Result<Answer> AreaTable::find(std::string_view postcode) const {
  const auto normalised = normalise_postcode(postcode);
  // The text is a resident's address: it goes into no error.
  if (!normalised) return make_error(ErrorKind::Invalid, "is not a postcode");
  const auto whereabouts = impl_->postcodes.find(*normalised);
  if (!whereabouts) return make_error(ErrorKind::NotFound, "postcode is not in the table of areas");

  Answer answer;
  answer.postcode = *normalised;
  answer.outcode_only = normalised->find(' ') == std::string::npos;
  answer.point = whereabouts->point;
  for (const CouncilCodes& area : whereabouts->areas) {
    std::vector<Serves> serving = impl_->authorities.serving(area);
    const auto same = [&](const std::vector<Serves>& other) {
      return std::equal(other.begin(), other.end(), serving.begin(), serving.end(),
                        [](const Serves& a, const Serves& b) { return a.authority.code == b.authority.code; });
    };
    // Two districts that have merged since are one area.
    if (!serving.empty() && std::none_of(answer.alternatives.begin(), answer.alternatives.end(), same))
      answer.alternatives.push_back(std::move(serving));
  }
  return answer;
}

const Authority* AreaTable::authority(std::string_view code) const { return impl_->authorities.find(code); }
std::size_t AreaTable::size() const { return impl_->postcodes.entries().size(); }
const ImportReport& AreaTable::report() const { return impl_->report; }

}  // namespace kiosk::areas
