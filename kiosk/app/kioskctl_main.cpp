// kioskctl: what staff and scripts do with a kiosk from the command line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "kiosk/app/kioskctl_commands.h"

namespace {

using namespace kiosk::app;

// Each command notes here what is to be run once the line is understood.
struct Chosen {
  CommonOptions common;
  std::function<int()> run;
};

CLI::App* add(CLI::App& parent, Chosen& chosen, const std::string& name, const std::string& help) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->add_option("--config", chosen.common.config, "configuration file (TOML); built-in defaults without it");
  command->add_option("--data-dir", chosen.common.data_folder, "where the databases live; wins over the configuration");
  return command;
}

void add_directory_commands(CLI::App& program, Chosen& chosen) {
  add(program, chosen, "sync", "Brings every source up to date now")->callback([&chosen] {
    chosen.run = [&chosen] { return run_sync(chosen.common); };
  });

  static std::string source, path, postcode;
  CLI::App* from_file =
      add(program, chosen, "import",
          "Takes a source's records from a file: an HSDS or Open Referral UK JSON dump, or a tabular HSDS package");
  from_file->add_option("--source", source, "id of the source that the records belong to")->required();
  from_file->add_option("path", path, "file or folder")->required();
  from_file->callback([&chosen] { chosen.run = [&chosen] { return run_import(chosen.common, source, path); }; });

  static SearchArguments arguments;
  CLI::App* search = add(program, chosen, "search", "Searches the kiosk's own index");
  search->add_option("--postcode", arguments.postcode, "the resident's: who serves it ranks higher");
  search->add_option("--lang", arguments.language, "language of the query");
  search->add_option("--limit", arguments.limit, "most results")->check(CLI::Range(1, 200));
  search->add_flag("--json", arguments.json, "one JSON object");
  search->add_flag("--explain", arguments.explain, "with what each score turned on");
  auto* batch = search->add_option("--batch", arguments.batch,
                                   "a query a line from this file (- for standard input), a JSON object a line out");
  auto* query = search->add_option("query", arguments.query, "the words");
  batch->excludes(query);
  search->callback([&chosen] {
    if (arguments.query.empty() && arguments.batch.empty()) throw CLI::RequiredError("query or --batch");
    chosen.run = [&chosen] { return run_search(chosen.common, arguments); };
  });

  CLI::App* lexicon = program.add_subcommand("lexicon", "The words that residents use, and what services are called");
  lexicon->require_subcommand(1);
  CLI::App* check = lexicon->add_subcommand("check", "Names the first fault with file, line and concept");
  static std::string folder;
  check->add_option("folder", folder, "of *.txt; the program's own without it");
  check->callback([&chosen] { chosen.run = [] { return run_lexicon_check(folder); }; });

  CLI::App* area = add(program, chosen, "area", "Says who serves a postcode, and why, as JSON");
  area->add_option("postcode", postcode, "postcode or outcode")->required();
  area->callback([&chosen] { chosen.run = [&chosen] { return run_area(chosen.common, postcode); }; });
}

void add_areas_commands(CLI::App& program, Chosen& chosen) {
  static std::vector<std::filesystem::path> postcodes, authorities;
  CLI::App* areas = program.add_subcommand("areas", "The table of postcodes and authorities");
  areas->require_subcommand(1);
  CLI::App* command = add(*areas, chosen, "import", "Makes one compact table of CSV files, in the kiosk's data folder");
  command->add_option("--postcodes", postcodes,
                      "CSV with postcode, lat, lon, admin_county_gss, admin_district_gss; else the configuration's");
  command->add_option("--authorities", authorities,
                      "CSV of authorities: our own columns, GOV.UK's or mySociety's; else the configuration's");
  command->callback(
      [&chosen] { chosen.run = [&chosen] { return run_areas_import(chosen.common, postcodes, authorities); }; });
}

void add_promises_commands(CLI::App& program, Chosen& chosen) {
  static PromisesArguments arguments;
  using Command = PromisesArguments::Command;
  CLI::App* promises = program.add_subcommand("promises", "The journal of bookings and reports, for staff");
  promises->require_subcommand(1);
  const auto command = [&](const char* name, const char* help, Command what) {
    CLI::App* added = add(*promises, chosen, name, help);
    added->add_flag("--json", arguments.json, "as JSON");
    if (what != Command::List) added->add_option("id", arguments.id, "id of the promise")->required();
    added->callback([&chosen, what] {
      arguments.command = what;
      chosen.run = [&chosen] { return run_promises(chosen.common, arguments); };
    });
    return added;
  };
  command("list", "Every promise, where it stands, and what happens next", Command::List);
  CLI::App* show = command("show", "One promise and all that happened to it", Command::Show);
  auto* key = show->add_option("--key", arguments.key, "the site's key: the file that belongs to the journal");
  show->add_flag("--personal", arguments.personal, "with what the resident said, while that is kept")->needs(key);
  CLI::App* resolve = command("resolve", "Asks the back end what became of an unknown one, or takes your word for it",
                              Command::Resolve);
  auto* sent = resolve->add_flag_callback(
      "--sent", [] { arguments.verdict = PromisesArguments::Verdict::Sent; }, "of a report: the authority has it");
  resolve
      ->add_flag_callback(
          "--not-sent", [] { arguments.verdict = PromisesArguments::Verdict::NotSent; },
          "of a report: the authority does not have it; it is sent again")
      ->excludes(sent);
}

void add_gaps_command(CLI::App& program, Chosen& chosen) {
  static std::string since;
  static bool json = false;
  CLI::App* gaps = add(program, chosen, "gaps", "What residents looked for and did not find, by month");
  gaps->add_flag("--json", json, "as JSON");
  gaps->add_option("--since", since, "a date as 2026-11-23: from its month on; without it, all that is kept")
      ->check([](const std::string& text) {
        return kiosk::core::parse_iso_date(text) ? std::string() : text + " is no date like 2026-11-23";
      });
  gaps->callback([&chosen] {
    chosen.run = [&chosen] { return run_gaps(chosen.common, kiosk::core::parse_iso_date(since), json); };
  });
}

void add_site_commands(CLI::App& program, Chosen& chosen) {
  static std::string key, other, file, language = "en";
  CLI::App* config = program.add_subcommand("config", "Configuration: validity, origin of a value, differences");
  config->require_subcommand(1);
  CLI::App* check = config->add_subcommand("check", "Says every fault with file, line and key");
  check->add_option("--config,file", file, "configuration file")->required();
  check->callback([&chosen] { chosen.run = [] { return run_config_check(file); }; });
  CLI::App* explain = config->add_subcommand("explain", "The value of one key, and where it comes from");
  explain->add_option("--config", file, "configuration file")->required();
  explain->add_option("key", key, "dotted key, as display.theme")->required();
  explain->callback([&chosen] { chosen.run = [] { return run_config_explain(file, key); }; });
  CLI::App* diff = config->add_subcommand("diff", "What differs between two configurations");
  diff->add_option("a", file, "configuration file")->required();
  diff->add_option("b", other, "configuration file")->required();
  diff->callback([&chosen] { chosen.run = [] { return run_config_diff(file, other); }; });

  CLI::App* printer = program.add_subcommand("printer", "The receipt printer");
  printer->require_subcommand(1);
  add(*printer, chosen, "status", "What the printer says of itself")->callback([&chosen] {
    chosen.run = [&chosen] { return run_printer_status(chosen.common); };
  });
  CLI::App* test = add(*printer, chosen, "test", "Prints a test page");
  test->add_option("--lang", language, "language of the page");
  test->callback([&chosen] { chosen.run = [&chosen] { return run_printer_test(chosen.common, language); }; });
}

// What was not written was not done, however well the command went.
int finished(int status) {
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (written || status != kGood) return status;
  return say_failed(kProgram, "output",
                    kiosk::core::make_error(kiosk::core::ErrorKind::Io, "cannot be written", "standard output"));
}

}  // namespace

int main(int argc, char** argv) {
  Chosen chosen;
  CLI::App program("Sets up, feeds and inspects a kiosk.", kProgram);
  program.require_subcommand(1);
  add_directory_commands(program, chosen);
  add_areas_commands(program, chosen);
  add_promises_commands(program, chosen);
  add_gaps_command(program, chosen);
  add_site_commands(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return say_parse_error(program, kProgram, error);
  }
  return finished(chosen.run());
}
