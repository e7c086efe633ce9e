-- What the columns mean is documented in mod.rs. The value is `json` and not `jsonb`, which changes numbers, and refuses
-- texts with a NUL.
CREATE SEQUENCE graph_checkpoint.store_revisions;
CREATE TABLE graph_checkpoint.store_items (
  namespace text[] COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  expires_at timestamptz,
  value json NOT NULL,
  vectors bytea,
  PRIMARY KEY (namespace, key)
);
CREATE INDEX store_items_by_revision ON graph_checkpoint.store_items (revision);
CREATE INDEX store_items_by_expiry ON graph_checkpoint.store_items (expires_at) WHERE expires_at IS NOT NULL;
