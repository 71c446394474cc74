// A query that goes on from the answer before it, as one types.
#include <array>
#include <random>
#include <sstream>

#include "tests/unit/search_list.h"

using namespace kiosk::search::test;
using kiosk::directory::Service;
using kiosk::search::Answer;
using kiosk::search::Asked;
using kiosk::search::Index;
using kiosk::search::Query;

namespace {

// Everything that an answer says.
std::string whole_answer(const Answer& answer) {
  std::ostringstream out;
  for (const auto& hit : answer.hits) {
    out << hit.key.id << '=' << hit.score << hit.fits << hit.filters;
    for (const auto& marked : answer.marks(hit.name)) out << '[' << marked.begin << ',' << marked.end << ')';
    for (const auto& factor : hit.factors) out << factor.what << ':' << factor.detail << ':' << factor.value << ';';
  }
  for (const std::string& suggestion : answer.suggestions) out << " ?" << suggestion;
  for (const auto& filter : answer.filters) out << " f" << static_cast<int>(filter.filter) << ':' << filter.hits;
  for (const auto& near : answer.concepts) out << ' ' << near.id << ':' << near.likelihood << near.strength;
  out << ' ' << answer.weak << answer.matching << '/' << answer.walked;
  return out.str();
}

// Records and queries share words, some of them two in one, some of several languages.
constexpr std::array kTexts = {"bin not emptied",
                               "fly tipping in the road",
                               "flytipping",
                               "council tax reduction",
                               "counciltax",
                               "make a will",
                               "it course",
                               "blue badge",
                               "my mum keeps falling",
                               "donde reciclar",
                               "smieci i odpady",
                               "school meals for children",
                               "parking permit",
                               "hostel tonight",
                               "older people care",
                               "library card renewal"};

std::shared_ptr<const Index> index_of_texts(const char* beside) {
  std::vector<Service> services;
  for (std::size_t i = 0; i < kTexts.size(); ++i)
    services.push_back(service(std::to_string(i), kTexts[i], kTexts[(i * 5 + 3) % kTexts.size()]));
  services.push_back(service("beside", beside));
  return index_of(services, civic_concepts());
}

Query typed(const std::string& text, const std::string& language) {
  Query query;
  query.text = text;
  query.language = language;
  query.explain = true;
  return query;
}

}  // namespace

TEST_CASE("a query that goes on from another gets the answer that it gets alone") {
  const auto index = index_of_texts("Road works");
  const auto other = index_of_texts("Bin store");
  std::mt19937 random(5);
  const auto pick = [&](std::size_t below) { return random() % below; };
  std::shared_ptr<const Asked> before;
  for (int round = 0; round < 60; ++round) {
    const std::string text = std::string(kTexts[pick(kTexts.size())]) + ' ' + kTexts[pick(kTexts.size())];
    const std::string language = pick(3) == 0 ? "es" : "en";
    for (std::size_t letters = 1; letters <= text.size(); letters += 1 + pick(4)) {
      const auto& at = pick(8) == 0 ? other : index;  // a new generation while one types
      Query query = typed(text.substr(0, letters), language);
      query.last_word_is_prefix = pick(6) != 0;
      const std::string alone = whole_answer(at->find(query));
      query.before = before;
      const Answer answer = at->find(query);
      CAPTURE(query.text, query.language);
      REQUIRE(whole_answer(answer) == alone);
      before = answer.asked;
    }
  }
}

TEST_CASE("what goes on from an answer may outlive its index") {
  auto index = index_of_texts("Road works");
  Query query = typed("parking perm", "en");
  query.before = index->find(query).asked;
  index = index_of_texts("Bin store");
  CHECK(ids(index->find(query)).at(0) == "12");
}

TEST_CASE("records are found, counted and ordered alike, however many there are") {
  // More than two blocks of records; the best stand in the last.
  constexpr int kMany = 9000;
  constexpr int kEvery = 3;
  std::vector<Service> services;
  for (int i = 0; i < kMany; ++i) {
    services.push_back(service(std::to_string(i), i % kEvery == 0 ? "Advice on many other things too" : "Parking",
                               "Number " + std::to_string(i)));
    if (i % 2 == 0) services.back().eligibility = "carers";
  }
  services[kMany - 2].name = "Advice on rent";
  services[kMany - 1].name = "Rent advice";
  const auto index = index_of(std::move(services));
  Query query = typed("rent advi", "en");
  query.near = kiosk::core::GeoPoint{51, 0};
  query.authorities = {"E06000001"};
  const Answer all = index->find(query);
  CHECK(all.matching == kMany / kEvery + 2);
  REQUIRE(all.hits.size() == query.limit);
  CHECK(all.hits[0].name == "Rent advice");
  CHECK(all.hits[1].name == "Advice on rent");
  query.before = all.asked;
  query.text = "rent advice";
  const std::string after = whole_answer(index->find(query));
  query.before = {};
  CHECK(after == whole_answer(index->find(query)));
  query.filters.set(static_cast<std::size_t>(kiosk::search::Filter::Carers));
  query.limit = 200;
  const Answer carers = index->find(query);
  CHECK(carers.hits.size() == 200);
  for (const auto& hit : carers.hits) CHECK(std::stoi(hit.key.id) % 2 == 0);
  CHECK(carers.hits[0].name == "Advice on rent");
}
