-- What the columns mean is documented in mod.rs.
CREATE TABLE threads (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  last BLOB NOT NULL,
  records INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE checkpoints (
  thread INTEGER NOT NULL REFERENCES threads (number) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  parent BLOB,
  input BLOB,
  namespace TEXT NOT NULL,
  step INTEGER NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (thread, seq),
  UNIQUE (thread, id)
) STRICT;
CREATE UNIQUE INDEX checkpoints_by_input ON checkpoints (thread, input) WHERE input IS NOT NULL;

CREATE TABLE snapshots (
  thread INTEGER NOT NULL REFERENCES threads (number) ON DELETE CASCADE,
  checkpoint BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (thread, checkpoint)
) STRICT;

CREATE TABLE pending_writes (
  thread INTEGER NOT NULL REFERENCES threads (number) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  checkpoint BLOB NOT NULL,
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (thread, seq)
) STRICT;
CREATE INDEX pending_writes_by_checkpoint ON pending_writes (thread, checkpoint);

-- AUTOINCREMENT: an epoch is never used again, also after its lease is gone.
CREATE TABLE leases (
  epoch INTEGER PRIMARY KEY AUTOINCREMENT,
  thread TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;
