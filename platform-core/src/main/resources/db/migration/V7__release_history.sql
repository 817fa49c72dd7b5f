-- How long each part of the deployment took, and whether every new service was seen to start.
ALTER TABLE releases ADD COLUMN steps TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE releases ADD COLUMN proved BOOLEAN DEFAULT FALSE NOT NULL;
-- When it stopped to be live, or failed.
ALTER TABLE releases ADD COLUMN ended_at TIMESTAMP(6) WITH TIME ZONE;

-- The artifacts in the store, and when each was last about to become part of something. A row is there before the
-- bytes are, and goes after them: what has no row can only be what was stored by versions before this table.
CREATE TABLE artifacts (
  digest VARCHAR(71) PRIMARY KEY,
  size_bytes BIGINT NOT NULL,
  named_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX artifacts_by_time ON artifacts (named_at);
