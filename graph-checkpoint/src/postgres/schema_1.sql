-- What the columns mean is documented in mod.rs.
CREATE TABLE graph_checkpoint.threads (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  last uuid NOT NULL,
  records bigint NOT NULL,
  updated_at timestamptz NOT NULL
);

CREATE TABLE graph_checkpoint.checkpoints (
  thread bigint NOT NULL REFERENCES graph_checkpoint.threads (number) ON DELETE CASCADE,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  parent uuid,
  input uuid,
  namespace text NOT NULL,
  step bigint NOT NULL,
  source text NOT NULL,
  at timestamptz NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (thread, seq),
  UNIQUE (thread, id)
);
CREATE UNIQUE INDEX checkpoints_by_input ON graph_checkpoint.checkpoints (thread, input) WHERE input IS NOT NULL;

CREATE TABLE graph_checkpoint.snapshots (
  thread bigint NOT NULL REFERENCES graph_checkpoint.threads (number) ON DELETE CASCADE,
  checkpoint uuid NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (thread, checkpoint)
);

CREATE TABLE graph_checkpoint.pending_writes (
  thread bigint NOT NULL REFERENCES graph_checkpoint.threads (number) ON DELETE CASCADE,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  checkpoint uuid NOT NULL,
  step bigint NOT NULL,
  at timestamptz NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (thread, seq)
);
CREATE INDEX pending_writes_by_checkpoint ON graph_checkpoint.pending_writes (thread, checkpoint);

-- The sequence: an epoch is never used again, also after its lease is gone.
CREATE SEQUENCE graph_checkpoint.epochs;
CREATE TABLE graph_checkpoint.leases (
  thread text COLLATE "C" PRIMARY KEY,
  owner text NOT NULL,
  epoch bigint NOT NULL,
  until timestamptz NOT NULL
);
