-- What a release's manifest says of channels: who may listen to each.
ALTER TABLE releases ADD COLUMN channels TEXT DEFAULT '{}' NOT NULL;

-- Messages of channels on their way to other nodes, for two minutes. Written where the database is a server alone; ids are given
-- under a lock, in the order in which rows become visible.
CREATE TABLE channel_messages (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  channel VARCHAR(64) NOT NULL,
  node VARCHAR(16) NOT NULL,
  number BIGINT NOT NULL,
  published_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  content BYTEA NOT NULL
);
CREATE INDEX channel_messages_by_age ON channel_messages (published_at);
