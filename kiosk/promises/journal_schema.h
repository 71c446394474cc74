// The tables of kiosk.db. Released steps are never edited; a change is a new one with a test from the version before.
#pragma once

#include <array>

#include "kiosk/store/migrate.h"

namespace kiosk::promises {

// Times are milliseconds since 1970, UTC. Nothing is ever deleted but boxes in `sealed`.
inline constexpr std::array<store::Migration, 4> kJournalSteps{{{1, "bookings and prints", R"sql(
CREATE TABLE booking (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  backend TEXT NOT NULL,
  service_id TEXT NOT NULL,
  service_name TEXT NOT NULL,
  office TEXT NOT NULL,            -- JSON: id, name, address, hint, point, slot_minutes
  slot_start INTEGER NOT NULL,
  process_id TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  code TEXT NOT NULL UNIQUE,
  hold_until INTEGER,
  giving_up INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX booking_by_state ON booking (state, created);
CREATE INDEX booking_by_age ON booking (created);

CREATE TABLE booking_history (
  id INTEGER PRIMARY KEY,
  booking_id TEXT NOT NULL REFERENCES booking (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX booking_history_of ON booking_history (booking_id, id);

CREATE TABLE sealed (
  purpose TEXT PRIMARY KEY,        -- 'key check', or '<booking>/handle'
  box BLOB NOT NULL
) STRICT;

CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  booking_id TEXT NOT NULL,
  copy INTEGER NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
CREATE INDEX print_job_of ON print_job (booking_id, created);
CREATE INDEX print_job_by_state ON print_job (state);
)sql"},
                                                                {2, "moved bookings, several services, reports", R"sql(
ALTER TABLE booking ADD COLUMN slot_id TEXT NOT NULL DEFAULT '';
ALTER TABLE booking ADD COLUMN services TEXT NOT NULL DEFAULT '';  -- JSON: [{id, count}], the first one is service_id
ALTER TABLE booking ADD COLUMN replaces TEXT NOT NULL DEFAULT '';  -- booking.id

CREATE TABLE report (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  backend TEXT NOT NULL,
  type_code TEXT NOT NULL,
  type_name TEXT NOT NULL,
  reference TEXT NOT NULL UNIQUE,  -- travels in the description: what an unknown outcome is read back by
  code TEXT NOT NULL UNIQUE,
  request_id TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL DEFAULT '',
  notice TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '',
  sent INTEGER,                    -- when it was first sent, or may have been
  tries INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
-- sealed.purpose is '<report>/content' too.
CREATE INDEX report_by_state ON report (state, created);
CREATE INDEX report_by_age ON report (created);
CREATE INDEX report_without_number ON report (tries) WHERE state = 'sent' AND request_id = '' AND token <> '';

CREATE TABLE report_history (
  id INTEGER PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES report (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX report_history_of ON report_history (report_id, id);
)sql"},
                                                                {3, "appointments seen begun", R"sql(
-- The first of the looks that all found the appointment begun; its key is erased a day later.
ALTER TABLE booking ADD COLUMN seen_begun INTEGER;
CREATE INDEX booking_replacing ON booking (replaces) WHERE replaces <> '';
)sql"},
                                                                {4, "records of the directory", R"sql(
ALTER TABLE booking ADD COLUMN record TEXT;  -- "<source>:<id>"; NULL: not known, as before version 4
)sql"}}};

}  // namespace kiosk::promises
