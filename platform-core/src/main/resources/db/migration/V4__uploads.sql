-- Files that were sent for releases to come; kept says whether the artifact store has acknowledged the bytes.
-- No reference to the app: the bytes of one that was deleted are removed like all others, when their time is over.
CREATE TABLE uploads (
  app_id BIGINT NOT NULL,
  digest VARCHAR(71) NOT NULL,
  size_bytes INTEGER NOT NULL,
  named_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  kept BOOLEAN NOT NULL,
  PRIMARY KEY (app_id, digest)
);
CREATE INDEX uploads_by_time ON uploads (named_at);
