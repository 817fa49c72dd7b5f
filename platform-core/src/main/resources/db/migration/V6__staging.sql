-- A staging situation is what an app is on one branch: a row of its own, so that releases, data, queues and
-- configuration are its own too, and go with it. Its name is <slug of the branch>--<name of the app>: a DNS label.
ALTER TABLE apps ALTER COLUMN name SET DATA TYPE VARCHAR(63);
ALTER TABLE apps ADD COLUMN parent_id BIGINT REFERENCES apps (id) ON DELETE CASCADE;
ALTER TABLE apps ADD COLUMN branch VARCHAR(250);
ALTER TABLE apps ADD CONSTRAINT apps_branch_once UNIQUE (parent_id, branch);

-- Where a release of the origin PROMOTION comes from: a number of that branch's own, which may be gone since.
ALTER TABLE releases ADD COLUMN promoted_branch VARCHAR(250);
ALTER TABLE releases ADD COLUMN promoted_number INTEGER;
