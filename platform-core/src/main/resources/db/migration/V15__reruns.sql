-- What a browser needs to run a failing test again, and the digests of its modules, which are kept as long.
ALTER TABLE failures ADD COLUMN rerun TEXT;
ALTER TABLE failures ADD COLUMN modules TEXT DEFAULT '' NOT NULL;

-- What a run that was stopped has covered, so that it counts when it goes on.
CREATE TABLE gate_coverage (
  run_id BIGINT NOT NULL REFERENCES gate_runs (id) ON DELETE CASCADE,
  test VARCHAR(500) NOT NULL,
  covered BYTEA NOT NULL,
  PRIMARY KEY (run_id, test)
);
