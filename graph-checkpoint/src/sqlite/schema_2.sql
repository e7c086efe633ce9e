-- What the columns mean is documented in mod.rs. The long columns are the last: SQLite reads a row up to those it needs.
CREATE TABLE store_items (
  revision INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace TEXT NOT NULL,
  key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER,
  value TEXT NOT NULL,
  vectors BLOB,
  UNIQUE (namespace, key)
) STRICT;
CREATE INDEX store_items_by_expiry ON store_items (expires_at) WHERE expires_at IS NOT NULL;
