-- What the tests of a push said: refused pushes have no release, so it is kept for itself.
CREATE TABLE gate_runs (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  commit_id VARCHAR(64),
  made_by VARCHAR(254) NOT NULL,
  made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  millis BIGINT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  tests TEXT NOT NULL,
  timing TEXT NOT NULL
);
CREATE INDEX gate_runs_by_app ON gate_runs (app_id, id);
