// The journal for staff (`kioskctl promises list|show`): what happened to each promise, without anything personal.
#pragma once

#include <set>

#include "kiosk/core/json.h"
#include "kiosk/promises/journal.h"

namespace kiosk::promises {

// The ids of the systems that the configuration names: what is promised by others can't go on by itself.
struct ConfiguredSystems {
  std::set<std::string> bookings, reports;
};

// The code on the receipt or slip is left out: whoever has it can cancel, or read what became of it.
// Of a booking: {"kind": "booking", "id", "state", "open", "service", "place", "starts", "reference", "back_end",
// "giving_up", "replaces", "problem", "created", "changed", "now", "next", "staff"}; the last three in plain words.
// Of a report: {"kind": "report", "id", "state", "open", "type", "reference", "number", "back_end", "problem", "sent",
// "content_kept", "created", "changed", "now", "next", "staff"}. Times as ISO 8601 in UTC.
// Both kinds, the newest first: all that are open, and of each kind the newest `limit`.
core::Result<core::Json> list_promises(Journal& journal, const ConfiguredSystems& systems, std::size_t limit);
// One of either kind, by its id, with "history": [{"at", "state", "note"}] and "prints": [{"id", "copy", "state",
// "detail", "at"}]. NotFound.
core::Result<core::Json> show_promise(Journal& journal, const ConfiguredSystems& systems, const std::string& id);
// What a resident said in a report that is still open: {"place", "point", "description", "replies": [{"code",
// "values"}], "name", "email", "telephone"}. Personal: only for staff who hold the site's key and asked for it.
// NotFound where nothing is kept (any more).
core::Result<core::Json> personal_content(Journal& journal, const std::string& id);

// For a terminal, of what list_promises() and show_promise() give: a line of facts, and indented below it the plain
// words, where asked for of those that are closed as well.
enum class Words { OfOpen, OfAll };
std::string in_lines(const core::Json& promise, Words words);

}  // namespace kiosk::promises
