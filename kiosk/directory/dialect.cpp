#include "kiosk/directory/dialect.h"

#include "kiosk/core/strings.h"
#include "kiosk/directory/envelope.h"
#include "kiosk/directory/record.h"
#include "kiosk/net/url.h"

namespace kiosk::directory {

namespace {

constexpr std::size_t kMaxAboutBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxFirstPageBytes = std::size_t{32} << 20;  // servers that ignore per_page

}  // namespace

FeedAddress split_feed_url(std::string_view url) {
  url = core::trim(url);
  url = url.substr(0, url.find('#'));
  std::string_view path = url.substr(0, url.find('?'));
  const std::string query(url.substr(path.size()));  // a key, for instance
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  for (const char* name : {"/services", "/hservices"}) {
    const std::string_view ending(name);
    if (path.size() <= ending.size()) continue;
    const std::size_t at = path.size() - ending.size();
    if (!core::equals_ignoring_case(path.substr(at), ending)) continue;
    return {std::string(path.substr(0, at)) + query, std::string(path.substr(at + 1))};
  }
  return {std::string(path) + query, "services"};
}

core::Result<Dialect> probe_dialect(const FeedAddress& address, Fetcher& fetcher) {
  const core::Result<Fetched> about = fetcher.get(net::build_url(address.base, "/"), kMaxAboutBytes);
  if (about.ok() && about->json.is_object()) {
    if (const auto dialect = dialect_of_version(core::json_text(about->json, "version"))) return *dialect;
  }
  KIOSK_CHECK(fetcher.cancel().check());
  const std::string url = net::build_url(address.base, address.services, {{"page", "1"}, {"per_page", "1"}});
  KIOSK_TRY(Fetched fetched, fetcher.get(url, kMaxFirstPageBytes));
  KIOSK_TRY(const Page page, read_page(std::move(fetched.json), net::loggable_url(url)));
  const Dialect dialect = page.dialect.value_or(Dialect::Hsds3);
  return page.rows.empty() ? dialect : dialect_of_record(page.rows.front(), dialect);
}

}  // namespace kiosk::directory
