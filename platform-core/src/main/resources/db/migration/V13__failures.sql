-- The runs of a branch are kept with the app, so that they outlive what was in staging.
ALTER TABLE gate_runs ADD COLUMN branch VARCHAR(250) DEFAULT 'main' NOT NULL;
UPDATE gate_runs SET branch = COALESCE((SELECT apps.branch FROM apps WHERE apps.id = gate_runs.app_id), 'main');
UPDATE gate_runs SET app_id = COALESCE((SELECT apps.parent_id FROM apps WHERE apps.id = gate_runs.app_id), app_id);

-- What somebody wanted to be tried, if it is not the run of a push; and when it was last heard of.
ALTER TABLE gate_runs ADD COLUMN wish TEXT;
ALTER TABLE gate_runs ADD COLUMN heard_at TIMESTAMP(6) WITH TIME ZONE;

-- How a test of a run fails, as it is drawn; whoever has the label may see it.
CREATE TABLE failures (
  run_id BIGINT NOT NULL REFERENCES gate_runs (id) ON DELETE CASCADE,
  test VARCHAR(500) NOT NULL,
  picture TEXT NOT NULL,
  label VARCHAR(32) UNIQUE,
  shared_by VARCHAR(254),
  shared_at TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (run_id, test)
);

-- Test modules are no part of what runs, but can be run against it again.
ALTER TABLE releases ADD COLUMN tests TEXT DEFAULT '{}' NOT NULL;
