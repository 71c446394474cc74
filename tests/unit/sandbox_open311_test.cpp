#include <filesystem>

#include "kiosk/core/files.h"
#include "tests/unit/report_systems.h"
#include "tests/unit/sandbox_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk::sandbox::testing;
using kiosk::core::Json;
using kiosk::sandbox::Sandbox;
using kiosk::test::report_systems;
using kiosk::test::start_report_systems;

namespace {

const std::string kStreets = "/open311/streets/v2";
const std::string kKey = "api_key=key-of-this-kiosk";

struct Filed {
  int status;
  std::string body;
};

Filed file(Client& client, const std::string& form, const std::string& format = "json") {
  const auto answer = client.http().Post((kStreets + "/requests." + format).c_str(), form,
                                         "application/x-www-form-urlencoded; charset=utf-8");
  REQUIRE(answer);
  return {answer->status, answer->body};
}

}  // namespace

TEST_CASE("a report system answers as the specification says, in both formats") {
  const auto sandbox = start_report_systems();
  Client client(*sandbox);
  const Json services = client.get(kStreets + "/services.json").json();
  REQUIRE(services.is_array());
  CHECK(services[0]["service_code"] == "POT");
  CHECK(services[0]["metadata"] == true);
  CHECK(services[1]["metadata"] == false);
  const Reply xml = client.get(kStreets + "/services.xml");
  CHECK(xml.header("Content-Type").starts_with("text/xml"));
  CHECK(xml.body.find("<services><service>") != std::string::npos);
  CHECK(xml.body.find("A hole in a &lt;b&gt;road&lt;/b&gt;") != std::string::npos);
  CHECK(client.get(kStreets + "/services/POT.json").json()["attributes"].size() == 8);
  CHECK(client.get(kStreets + "/services/NONE.json").status == 404);
  CHECK(client.get(kStreets + "/services.csv").status == 404);
  CHECK(client.get(kStreets + "/discovery.json").json()["endpoints"].size() == 3);
  const Json open = client.get(kStreets + "/requests.json?service_code=LIGHT&status=open").json();
  CHECK(open.size() == 4);  // the one of 120 days ago is beyond the usual span
  CHECK(client.get(kStreets + "/requests.json?service_request_id=" + open[0]["service_request_id"].get<std::string>())
            .json()
            .size() == 1);
  CHECK(client.get(kStreets + "/services.json?jurisdiction_id=elsewhere.example").status == 404);
  CHECK(violations(*sandbox, "unknown_parameter") == 0);
}

TEST_CASE("a report system takes what fits, and says what does not") {
  const auto sandbox = start_report_systems();
  Client client(*sandbox);
  CHECK(file(client, "service_code=LIGHT&address_string=x").status == 403);
  CHECK(file(client, kKey + "&address_string=x").status == 400);
  CHECK(file(client, kKey + "&service_code=NONE&address_string=x").status == 404);
  CHECK(file(client, kKey + "&service_code=LIGHT").status == 400);
  CHECK(file(client, kKey + "&service_code=LIGHT&lat=95&long=0").status == 400);
  CHECK(file(client, kKey + "&service_code=LIGHT&address_string=x&description=" + std::string(4001, 'x')).status ==
        400);
  const std::string pothole = kKey + "&service_code=POT&address_string=x";
  CHECK(file(client, pothole).status == 400);
  const std::string answered = pothole + "&attribute%5Bsize%5D=s";
  CHECK(file(client, pothole + "&attribute[size]=huge").status == 400);
  CHECK(file(client, answered + "&attribute[depth]=deep").status == 400);
  CHECK(file(client, answered + "&attribute[seen]=2031-03-01T09:12:00").status == 400);  // of no zone
  CHECK(file(client, answered + "&attribute[size]=l").status == 400);
  CHECK(sandbox->ledger()["reports"].empty());
  const Filed taken = file(client, answered + "&attribute[parts][]=kerb&attribute[parts][]=lane&description=" +
                                       "Reference%3A%20CK-1%0A%0A" + std::string(3'900, 'x'));
  CHECK(taken.status == 200);
  CHECK(Json::parse(taken.body)[0]["service_request_id"].is_string());
  const Json reports = sandbox->ledger()["reports"];
  REQUIRE(reports.size() == 1);
  CHECK(reports[0]["reference"] == "CK-1");
  CHECK(reports[0]["attributes"]["parts"].size() == 2);
  CHECK(violations(*sandbox, "personal_data_in_address") == 0);
  CHECK(file(client, answered + "&attribute[easting]=1&colour=red", "xml").status == 200);
  CHECK(violations(*sandbox, "bad_parameter") == 1);      // nobody is asked for that
  CHECK(violations(*sandbox, "unknown_parameter") == 1);  // colour
}

TEST_CASE("reports survive a restart, and a reset forgets them") {
  const kiosk::test::TemporaryFolder folder;
  kiosk::sandbox::SandboxOptions options;
  options.reports = report_systems();
  options.state_dir = folder.path() / "state";
  std::string number;
  {
    const auto sandbox = start(options);
    Client client(*sandbox);
    number = Json::parse(
        file(client, kKey + "&service_code=LIGHT&address_string=x&email=a%40b.example").body)[0]["service_request_id"];
  }
  const auto sandbox = start(options);
  Client client(*sandbox);
  CHECK(sandbox->ledger()["reports"][0]["contact"]["email"] == "a@b.example");
  CHECK(client.get(kStreets + "/requests/" + number + ".json").json()[0]["service_code"] == "LIGHT");
  CHECK(Json::parse(file(client, kKey + "&service_code=LIGHT&address_string=x").body)[0]["service_request_id"] !=
        number);
  sandbox->reset();
  CHECK(sandbox->ledger()["reports"].empty());
  CHECK(client.get(kStreets + "/requests/" + number + ".json").status == 404);
}

TEST_CASE("the demo region's report systems say what its services link to") {
  kiosk::sandbox::SandboxOptions options;
  options.demo = std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/demo";
  const auto sandbox = start(std::move(options));
  CHECK(sandbox->open311_ids() ==
        std::vector<std::string>{"ashmere-reports", "kelderby-reports", "northfield-reports"});
  Client client(*sandbox);
  std::size_t links = 0;
  for (const char* feed : {"ashmere", "northfield", "kelderby"}) {
    const auto bytes = kiosk::core::read_file(std::filesystem::path(KIOSK_SOURCE_DIR) / "assets/demo/feeds" /
                                              (std::string(feed) + ".json"));
    REQUIRE(bytes.ok());
    for (const Json& service : Json::parse(*bytes)) {
      for (const Json& attribute : kiosk::core::json_array(service, "attributes")) {
        const std::string value = kiosk::core::json_text(attribute, "value");
        const std::size_t colon = value.find("-reports:");
        if (colon == std::string::npos) continue;
        const std::string system = value.substr(0, value.find(':')), code = value.substr(value.find(':') + 1);
        INFO(value);
        CHECK(client.get("/open311/" + system + "/v2/services/" + code + ".json").status == 200);
        links++;
      }
    }
  }
  CHECK(links >= 20);
}
