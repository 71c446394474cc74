// kioskctl config and printer.
#include <cstdio>
#include <map>

#include "kiosk/app/kioskctl_commands.h"
#include "kiosk/app/printing.h"
#include "kiosk/app/site_check.h"
#include "kiosk/settings/describe.h"
#include "kiosk/settings/load.h"

namespace kiosk::app {
namespace {

receipts::Receipt test_page(const settings::Settings& settings, core::Instant now) {
  receipts::Receipt page;
  page.kind = receipts::Kind::TestPage;
  page.title = settings.kiosk.name;
  page.code = "TEST0000";
  page.link = settings.receipts.manage_url.empty() ? "HTTPS://TEST.EXAMPLE/" : settings.receipts.manage_url;
  page.issued_at = {now, settings.kiosk.time_zone};
  page.issued_by = settings.kiosk.name;
  return page;
}

}  // namespace

int run_config_check(const std::filesystem::path& file) {
  const auto checked = load_checked(file, CheckDepth::Contents);
  if (!checked.ok()) return say_failed(kProgram, "config", checked.error());
  for (const std::string& note : checked->notes) std::printf("note: %s\n", note.c_str());
  std::printf("%s: good\n", file.c_str());
  return kGood;
}

int run_config_explain(const std::filesystem::path& file, const std::string& key) {
  const auto explanation = settings::explain(file, key);
  if (!explanation.ok()) return say_failed(kProgram, "config explain", explanation.error());
  std::printf("%s = %s\n  from: %s\n", explanation->key.c_str(), explanation->value.c_str(),
              explanation->layer.c_str());
  return kGood;
}

int run_config_diff(const std::filesystem::path& a, const std::filesystem::path& b) {
  const auto first = settings::load(a);
  if (!first.ok()) return say_failed(kProgram, "config diff", first.error());
  const auto second = settings::load(b);
  if (!second.ok()) return say_failed(kProgram, "config diff", second.error());
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (const auto& [key, value] : settings::describe(*first)) both[key].first = value;
  for (const auto& [key, value] : settings::describe(*second)) both[key].second = value;
  for (const auto& [key, values] : both) {
    if (values.first == values.second) continue;
    if (!values.first.empty()) std::printf("- %s = %s\n", key.c_str(), values.first.c_str());
    if (!values.second.empty()) std::printf("+ %s = %s\n", key.c_str(), values.second.c_str());
  }
  return kGood;
}

int run_printer_status(const CommonOptions& common) {
  const auto settings = settings_of(common);
  if (!settings.ok()) return say_failed(kProgram, "printer", settings.error());
  const core::SystemClock clock;
  const auto files = data_files(**settings, common.data_folder);
  if (!files.ok()) return say_failed(kProgram, "printer", files.error());
  const auto printing = Printing::create((*settings)->printer, *files, clock);
  if (!printing.ok()) return say_failed(kProgram, "printer", printing.error());
  const drivers::printer::PrinterStatus status = (*printing)->status({});
  std::printf("%s%s%s\n", std::string(drivers::printer::to_string(status.condition)).c_str(),
              status.detail.empty() ? "" : ": ", status.detail.c_str());
  return drivers::printer::can_print(status.condition) ? kGood : kFailed;
}

int run_printer_test(const CommonOptions& common, const std::string& language) {
  const auto settings = settings_of(common);
  if (!settings.ok()) return say_failed(kProgram, "printer", settings.error());
  const auto assets = assets_folder();
  if (!assets.ok()) return say_failed(kProgram, "printer", assets.error());
  const auto words = text::Words::load(*assets / "words");
  if (!words.ok()) return say_failed(kProgram, "printer", words.error());
  const core::SystemClock clock;
  const auto files = data_files(**settings, common.data_folder);
  if (!files.ok()) return say_failed(kProgram, "printer", files.error());
  const auto printing = Printing::create((*settings)->printer, *files, clock);
  if (!printing.ok()) return say_failed(kProgram, "printer", printing.error());
  const auto report =
      (*printing)->print_report("test-page", test_page(**settings, clock.now()), (*words)->in(language), false, {});
  if (!report.ok()) return say_failed(kProgram, "printer test", report.error());
  const std::string said = std::string(drivers::printer::to_string(report->outcome)) + " (" +
                           std::string(drivers::printer::to_string(report->condition)) + ")" +
                           (report->detail.empty() ? "" : ": " + report->detail);
  if (report->outcome != drivers::printer::PrintOutcome::Printed)
    return say_failed(kProgram, "printer test", core::make_error(core::ErrorKind::Io, said));
  std::printf("%s\n", said.c_str());
  return kGood;
}

}  // namespace kiosk::app
