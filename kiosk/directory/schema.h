// The tables of directory.db.
#pragma once

#include <array>
#include <cstdint>

#include "kiosk/core/clock.h"
#include "kiosk/store/migrate.h"

namespace kiosk::directory {

// As times are stored: milliseconds since 1970 UTC.
inline std::int64_t stored_time(core::Instant instant) { return instant.time_since_epoch().count(); }

// What begins with run_ is a sync's checkpoint: nobody else reads it, and a
// source's rows go when its run is published.
inline constexpr std::array<store::Migration, 1> kMigrations = {{
    {1, "services, sources and the checkpoints of syncs", R"sql(
      -- Begins at the milliseconds of now, so that no generation of a directory begun anew is one of the old.
      CREATE TABLE meta (generation INTEGER NOT NULL);
      INSERT INTO meta VALUES (CAST(strftime('%s', 'now') AS INTEGER) * 1000);

      CREATE TABLE sources (
        id           TEXT PRIMARY KEY,
        name         TEXT NOT NULL DEFAULT '',
        dialect      TEXT NOT NULL DEFAULT '',
        recipe       TEXT NOT NULL DEFAULT '',  -- what records were made with: reader version, authority, rules
        taxonomies   TEXT NOT NULL DEFAULT '{}',  -- names by id
        last_success INTEGER,
        last_attempt INTEGER,
        last_full    INTEGER,                   -- the last complete list
        last_error   TEXT NOT NULL DEFAULT ''
      ) WITHOUT ROWID;

      CREATE TABLE services (
        source        TEXT NOT NULL,
        id            TEXT NOT NULL,
        name          TEXT NOT NULL,
        status        INTEGER NOT NULL,
        mark          TEXT NOT NULL,     -- of the list entry these details belong to; '' = ask again
        record        TEXT NOT NULL,     -- service_json.h
        raw           TEXT NOT NULL,     -- as published, without personal fields
        detailed      INTEGER NOT NULL,  -- when the details were fetched
        etag          TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        confirmed     INTEGER,           -- NULL = with the source's last success
        PRIMARY KEY (source, id)
      );

      CREATE TABLE pages (               -- of the last published list, for conditional requests
        source        TEXT NOT NULL,
        url           TEXT NOT NULL,
        etag          TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        digest        TEXT NOT NULL,     -- what the page said, without the records' contents
        PRIMARY KEY (source, url)
      );

      CREATE TABLE run (
        source       TEXT PRIMARY KEY,
        endpoint     TEXT NOT NULL,
        dialect      TEXT NOT NULL,
        since        TEXT NOT NULL,      -- modified_after; '' = a full list
        started      INTEGER NOT NULL,
        next_page    INTEGER NOT NULL DEFAULT 1,
        listed       INTEGER NOT NULL DEFAULT 0,  -- the list is through
        rows         INTEGER NOT NULL DEFAULT 0,  -- listed, doubles included
        doubles      INTEGER NOT NULL DEFAULT 0,
        total        INTEGER,            -- as the last page said
        total_moved  INTEGER NOT NULL DEFAULT 0,
        incomplete   TEXT NOT NULL DEFAULT '',    -- why, where the list is through but not whole
        fresh_pages  INTEGER NOT NULL DEFAULT 0   -- pages that were not 304
      ) WITHOUT ROWID;

      CREATE TABLE run_records (
        source        TEXT NOT NULL,
        id            TEXT NOT NULL,
        state         INTEGER NOT NULL,  -- RecordState
        mark          TEXT NOT NULL,
        raw           TEXT NOT NULL DEFAULT '',
        etag          TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (source, id)
      );

      CREATE TABLE run_pages (
        source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (source, url)
      );

      CREATE TABLE run_skips (
        source TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, example TEXT NOT NULL,
        PRIMARY KEY (source, reason)
      );
    )sql"},
}};

}  // namespace kiosk::directory
