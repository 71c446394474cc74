#include "kiosk/directory/tabular.h"

#include <map>
#include <unordered_map>

#include "kiosk/core/csv.h"
#include "kiosk/core/files.h"
#include "kiosk/core/strings.h"

namespace kiosk::directory {

namespace {

namespace fs = std::filesystem;
using core::ErrorKind;
using core::Json;
using core::make_error;
using core::Result;
using core::Status;

constexpr std::size_t kMaxRows = 2'000'000;
constexpr std::size_t kMaxDescriptorBytes = std::size_t{16} << 20;
constexpr std::size_t kMaxJoined = 500;  // rows of one table that belong to one other row

struct Row {
  Json cells = Json::object();  // non-empty cells by column
  std::size_t line = 0;
};

class Table {
 public:
  static Result<Table> read(const fs::path& file, std::size_t max_bytes) {
    KIOSK_TRY(const std::string bytes, core::read_file(file, max_bytes));
    KIOSK_TRY(core::CsvTable csv, core::CsvTable::open(bytes, file.string()));
    Table table;
    table.file_ = file.filename().string();
    for (;;) {
      KIOSK_TRY(const bool more, csv.next());
      if (!more) return table;
      if (table.rows_.size() == kMaxRows) return make_error(ErrorKind::Full, "too many rows", table.file_);
      Row row;
      row.line = csv.line();
      for (std::size_t i = 0; i < csv.columns().size(); ++i) {
        const std::string_view cell = csv.field(i);
        if (!cell.empty()) row.cells[csv.columns()[i]] = core::sanitise_utf8(cell);
      }
      table.rows_.push_back(std::move(row));
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  const std::string& file() const { return file_; }

  // The rows whose `column` holds `value`.
  std::vector<const Json*> with(const std::string& column, const std::string& value) {
    if (value.empty()) return {};
    const auto& index = index_of(column);
    const auto found = index.find(value);
    std::vector<const Json*> rows;
    if (found == index.end()) return rows;
    for (const std::size_t at : found->second) {
      if (rows.size() < kMaxJoined) rows.push_back(&rows_[at].cells);
    }
    return rows;
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<std::size_t>>;
  const Index& index_of(const std::string& column) {
    const auto [found, made] = indexes_.try_emplace(column);
    if (made) {
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::string value = core::json_text(rows_[i].cells, column.c_str());
        if (!value.empty()) found->second[value].push_back(i);
      }
    }
    return found->second;
  }

  std::string file_;
  std::vector<Row> rows_;
  std::map<std::string, Index> indexes_;
};

// Tables by their plural names of HSDS 3; profiles and older packages say it in the singular.
const std::map<std::string, std::vector<std::string>>& table_names() {
  static const std::map<std::string, std::vector<std::string>> names = {
      {"services", {"services", "service"}},
      {"organizations", {"organizations", "organization"}},
      {"locations", {"locations", "location"}},
      {"service_at_location", {"service_at_location", "service_at_locations"}},
      {"addresses", {"addresses", "address", "physical_addresses", "physical_address"}},
      {"phones", {"phones", "phone"}},
      {"contacts", {"contacts", "contact"}},
      {"schedules", {"schedules", "schedule", "regular_schedules", "regular_schedule"}},
      {"attributes", {"attributes", "attribute"}},
      {"taxonomy_terms", {"taxonomy_terms", "taxonomy_term"}},
      {"cost_options", {"cost_options", "cost_option"}},
      {"languages", {"languages", "language"}},
      {"service_areas", {"service_areas", "service_area"}},
      {"required_documents", {"required_documents", "required_document"}},
      {"accessibility", {"accessibility", "accessibility_for_disabilities"}},
  };
  return names;
}

// A resource's path may not lead out of the package.
bool stays_inside(const fs::path& path) {
  if (path.empty() || path.is_absolute() || path.string().find("://") != std::string::npos) return false;
  for (const fs::path& part : path) {
    if (part == "..") return false;
  }
  return true;
}

// File by resource name, as datapackage.json says (Frictionless Data Package 1).
std::map<std::string, fs::path> described_files(const fs::path& folder, std::vector<std::string>& notes) {
  std::map<std::string, fs::path> files;
  std::error_code ignored;
  const fs::path descriptor = folder / "datapackage.json";
  if (!fs::exists(descriptor, ignored)) return files;
  const Result<std::string> bytes = core::read_file(descriptor, kMaxDescriptorBytes);
  const Result<Json> json = bytes.ok() ? core::parse_json(*bytes, "datapackage.json") : bytes.error();
  if (!json.ok()) {
    notes.push_back(json.error().describe() + "; tables are found by their file names");
    return files;
  }
  for (const Json& resource : core::json_array(*json, "resources")) {
    const fs::path path = core::json_text(resource, "path");
    if (stays_inside(path)) files[core::to_lower_ascii(core::json_text(resource, "name"))] = folder / path;
  }
  return files;
}

class Package {
 public:
  static Result<Package> open(const fs::path& folder, std::size_t max_bytes, std::vector<std::string>& notes) {
    Package package;
    const std::map<std::string, fs::path> described = described_files(folder, notes);
    for (const auto& [name, spellings] : table_names()) {
      const fs::path file = find_file(folder, described, spellings);
      if (file.empty()) continue;
      KIOSK_TRY(Table table, Table::read(file, max_bytes));
      package.tables_.emplace(name, std::move(table));
    }
    if (!package.tables_.count("services")) {
      return make_error(ErrorKind::NotFound, "no table of services in the package", folder.string());
    }
    return package;
  }

  const Table& services() { return tables_.at("services"); }

  Json assemble(const Json& row) {
    Json service = row;
    const std::string id = core::json_text(row, "id");
    if (const Json* organisation = one("organizations", core::json_text(row, "organization_id"))) {
      service["organization"] = *organisation;
      service["organization"]["phones"] = rows("phones", "organization_id", core::json_text(*organisation, "id"));
    }
    service["phones"] = rows("phones", "service_id", id);
    service["contacts"] = contacts(id);
    service["schedules"] = schedules_of_service(id);
    service["service_at_locations"] = places(id);
    service["attributes"] = attributes(id);
    for (const char* table : {"cost_options", "languages", "service_areas", "required_documents"}) {
      service[table] = rows(table, "service_id", id);
    }
    return service;
  }

 private:
  static fs::path find_file(const fs::path& folder, const std::map<std::string, fs::path>& described,
                            const std::vector<std::string>& spellings) {
    std::error_code ignored;
    for (const std::string& name : spellings) {
      const auto found = described.find(name);
      if (found != described.end() && fs::is_regular_file(found->second, ignored)) return found->second;
    }
    for (const std::string& name : spellings) {
      const fs::path file = folder / (name + ".csv");
      if (fs::is_regular_file(file, ignored)) return file;
    }
    return {};
  }

  std::vector<const Json*> find(const char* table, const char* column, const std::string& value) {
    const auto found = tables_.find(table);
    return found == tables_.end() ? std::vector<const Json*>{} : found->second.with(column, value);
  }

  const Json* one(const char* table, const std::string& id) {
    const std::vector<const Json*> found = find(table, "id", id);
    return found.empty() ? nullptr : found.front();
  }

  Json rows(const char* table, const char* column, const std::string& value) {
    Json list = Json::array();
    for (const Json* row : find(table, column, value)) list.push_back(*row);
    return list;
  }

  static bool lacks(const Json& row, const char* column) { return core::json_text(row, column).empty(); }

  Json contacts(const std::string& service_id) {
    Json list = rows("contacts", "service_id", service_id);
    for (Json& contact : list) contact["phones"] = rows("phones", "contact_id", core::json_text(contact, "id"));
    return list;
  }

  // A row that names a service, a place and the one at the other belongs to the most particular of them.
  Json schedules_of_service(const std::string& service_id) {
    Json list = Json::array();
    for (const Json* row : find("schedules", "service_id", service_id)) {
      if (lacks(*row, "service_at_location_id") && lacks(*row, "location_id")) list.push_back(*row);
    }
    return list;
  }

  Json schedules_at(const std::string& link_id, const std::string& service_id, const std::string& location_id) {
    Json list = rows("schedules", "service_at_location_id", link_id);
    for (const Json* row : find("schedules", "service_id", service_id)) {
      if (lacks(*row, "service_at_location_id") && core::json_text(*row, "location_id") == location_id)
        list.push_back(*row);
    }
    return list;
  }

  Json schedules_of_location(const std::string& location_id) {
    Json list = Json::array();
    for (const Json* row : find("schedules", "location_id", location_id)) {
      if (lacks(*row, "service_at_location_id") && lacks(*row, "service_id")) list.push_back(*row);
    }
    return list;
  }

  Json places(const std::string& service_id) {
    Json list = Json::array();
    for (const Json* row : find("service_at_location", "service_id", service_id)) {
      Json link = *row;
      const std::string link_id = core::json_text(link, "id"), location_id = core::json_text(link, "location_id");
      link["schedules"] = schedules_at(link_id, service_id, location_id);
      link["phones"] = rows("phones", "service_at_location_id", link_id);
      if (const Json* location = one("locations", location_id)) {
        link["location"] = *location;
        link["location"]["addresses"] = rows("addresses", "location_id", location_id);
        link["location"]["phones"] = rows("phones", "location_id", location_id);
        link["location"]["accessibility"] = rows("accessibility", "location_id", location_id);
        link["location"]["schedules"] = schedules_of_location(location_id);
      }
      list.push_back(std::move(link));
    }
    return list;
  }

  Json attributes(const std::string& service_id) {
    Json list = rows("attributes", "link_id", service_id);
    for (Json& attribute : list) {
      if (const Json* term = one("taxonomy_terms", core::json_text(attribute, "taxonomy_term_id"))) {
        attribute["taxonomy_term"] = *term;
      }
    }
    return list;
  }

  std::map<std::string, Table> tables_;
};

}  // namespace

Status for_each_tabular_service(const fs::path& path, std::size_t max_bytes, std::vector<std::string>& notes,
                                const std::function<Status(const Json&, const std::string&)>& use) {
  std::error_code ignored;
  const fs::path folder = fs::is_directory(path, ignored) ? path : path.parent_path();
  KIOSK_TRY(Package package, Package::open(folder, max_bytes, notes));
  const Table& services = package.services();
  for (const Row& row : services.rows()) {
    KIOSK_CHECK(use(package.assemble(row.cells), services.file() + ":" + std::to_string(row.line)));
  }
  return {};
}

}  // namespace kiosk::directory
