#include "kiosk/promises/open311_document.h"

#include <libxml/parser.h>

#include <cstring>

#include "kiosk/core/owned.h"
#include "kiosk/core/strings.h"

namespace kiosk::promises::open311 {
namespace {

using core::ErrorKind;
using core::Json;
using core::make_error;

constexpr int kMostDepth = 16;  // real answers need six
constexpr std::size_t kMostElements = 300'000;
constexpr int kMostWraps = 3;  // {"services": {"service": [{"service": …}]}} is the worst seen

// Builds the tree from what libxml2 reports, so that it never builds one of its own.
class TreeBuilder {
 public:
  // False where the document goes beyond what an answer can be.
  bool open(std::string_view name) {
    if (complete_ || stack_.size() >= kMostDepth || ++elements_ > kMostElements) return false;
    stack_.push_back({std::string(name), Json::object(), {}});
    return true;
  }
  void close() {
    if (stack_.empty()) return;
    Element element = std::move(stack_.back());
    stack_.pop_back();
    Json value =
        element.children.empty() ? Json(core::sanitise_utf8(core::trim(element.text))) : std::move(element.children);
    if (stack_.empty()) {
      root_ = Json::object({{element.name, std::move(value)}});
      complete_ = true;
    } else {
      put(stack_.back().children, element.name, std::move(value));
    }
  }
  void add(std::string_view text) {
    if (!stack_.empty()) stack_.back().text += text;
  }
  std::optional<Json> take() { return complete_ ? std::optional(std::move(root_)) : std::nullopt; }

 private:
  struct Element {
    std::string name;
    Json children;
    std::string text;
  };
  static void put(Json& object, const std::string& name, Json value) {
    const auto found = object.find(name);
    if (found == object.end()) {
      object[name] = std::move(value);
    } else if (found->is_array()) {
      found->push_back(std::move(value));
    } else {
      *found = Json::array({std::move(*found), std::move(value)});
    }
  }

  std::vector<Element> stack_;
  std::size_t elements_ = 0;
  Json root_;
  bool complete_ = false;
};

struct Reading {
  TreeBuilder builder;
  xmlParserCtxtPtr parser = nullptr;
  bool refused = false;

  void refuse() {
    refused = true;
    xmlStopParser(parser);
  }
};

Reading& reading_of(void* data) { return *static_cast<Reading*>(data); }

void on_start(void* data, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
              const xmlChar**) {
  Reading& reading = reading_of(data);
  if (!reading.builder.open(reinterpret_cast<const char*>(name))) reading.refuse();
}
void on_end(void* data, const xmlChar*, const xmlChar*, const xmlChar*) { reading_of(data).builder.close(); }
void on_text(void* data, const xmlChar* text, int length) {
  reading_of(data).builder.add({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
}
// A document type declares entities, and no answer of the specification has one; pages do.
void on_document_type(void* data, const xmlChar*, const xmlChar*, const xmlChar*) { reading_of(data).refuse(); }
xmlEntityPtr on_entity(void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); }

void release_parser(xmlParserCtxtPtr parser) { xmlFreeParserCtxt(parser); }

std::optional<Json> parse_xml(std::string_view bytes) {
  static const bool initialised = (xmlInitParser(), true);
  static_cast<void>(initialised);
  xmlSAXHandler handler;
  std::memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start;
  handler.endElementNs = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_text;
  handler.internalSubset = on_document_type;
  handler.getEntity = on_entity;
  Reading reading;
  const core::Owned<xmlParserCtxt, release_parser> parser(
      xmlCreatePushParserCtxt(&handler, &reading, nullptr, 0, nullptr));
  if (!parser) return std::nullopt;
  reading.parser = parser.get();
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseChunk(parser.get(), bytes.data(), static_cast<int>(bytes.size()), 0);
  xmlParseChunk(parser.get(), nullptr, 0, 1);
  if (reading.refused) return std::nullopt;
  // After an error nothing is reported any more, so the root was closed only where all of it was well-formed.
  return reading.builder.take();
}

bool begins_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }

std::string with_numbers_as_text(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 8);
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); at++) {
    const char c = json[at];
    if (!in_string && begins_number(c)) {
      const std::size_t end = std::min(json.find_first_of(",]}:\" \t\r\n", at), json.size());
      out.append("\"").append(json.substr(at, end - at)).append("\"");
      at = end - 1;
      continue;
    }
    out += c;
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\' && at + 1 < json.size()) out += json[++at];
  }
  return out;
}

// Adds what `value` holds to `out`; false where it is no list and no entry.
bool gather(const Json& value, const char* inner, int wraps, Entries& out) {
  if (value.is_null() || value == "") return true;
  if (value.is_array()) {
    for (const Json& entry : value) {
      const bool wrapped = entry.is_object() && entry.size() == 1 && entry.contains(inner);
      if (!wrapped) {
        out.push_back(&entry);
      } else if (wraps <= 0 || !gather(entry[inner], inner, wraps - 1, out)) {
        return false;
      }
    }
    return true;
  }
  if (value.is_object() && value.contains(inner)) return wraps > 0 && gather(value[inner], inner, wraps - 1, out);
  out.push_back(&value);
  return value.is_object() || value.is_string();
}

}  // namespace

core::Result<Json> parse_document(std::string_view bytes, const std::string& where) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const std::string_view text = core::trim(bytes);
  if (text.starts_with('<')) {
    if (auto tree = parse_xml(text)) return std::move(*tree);
    return make_error(ErrorKind::Unsupported, "answer is a page, or XML that cannot be read", where);
  }
  if (text.starts_with('[') || text.starts_with('{')) {
    // Some servers send the bytes of another character set as they are: a report's text must not cost us its number.
    auto json = core::parse_json(with_numbers_as_text(core::sanitise_utf8(text)), where, kMostDepth);
    if (json.ok()) return json;
    return make_error(ErrorKind::Unsupported, json.error().what, where);
  }
  return make_error(ErrorKind::Unsupported, text.empty() ? "answer is empty" : "answer is neither XML nor JSON", where);
}

std::optional<Entries> entries_of(const Json& document, const char* outer, const char* inner) {
  const bool wrapped = document.is_object() && document.contains(outer);
  if (!wrapped && !document.is_array()) return std::nullopt;
  Entries entries;
  if (!gather(wrapped ? document[outer] : document, inner, kMostWraps, entries)) return std::nullopt;
  return entries;
}

Entries entries_in(const Json& object, const char* member, const char* inner) {
  Entries entries;
  if (!object.is_object() || !object.contains(member)) return entries;
  if (!gather(object[member], inner, kMostWraps, entries)) return {};
  return entries;
}

}  // namespace kiosk::promises::open311
