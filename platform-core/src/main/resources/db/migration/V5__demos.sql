-- What demos are made of beside modules and site files, by digest. Releases of before have neither.
ALTER TABLE releases ADD COLUMN manifest VARCHAR(71);
ALTER TABLE releases ADD COLUMN starting_data VARCHAR(71);

-- Demos. The label is the address, and all that a visitor has to know.
-- A row is never deleted: an address that was revoked, or whose app is gone, says so for ever.
-- Without a release_number it shows the live release, without starting_data what that release brings along.
CREATE TABLE demos (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  label VARCHAR(32) NOT NULL UNIQUE,
  app_id BIGINT REFERENCES apps (id) ON DELETE SET NULL,
  name VARCHAR(100) NOT NULL,
  release_number INTEGER,
  starting_data VARCHAR(71),
  state VARCHAR(16) NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE,
  made_by VARCHAR(254) NOT NULL,
  made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  opens BIGINT DEFAULT 0 NOT NULL,
  last_opened_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX demos_by_app ON demos (app_id, id);

-- What a demo has shown: the digest of the list of the files of a release.
CREATE TABLE demo_contents (
  demo_id BIGINT NOT NULL REFERENCES demos (id) ON DELETE CASCADE,
  release_id BIGINT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
  content VARCHAR(71) NOT NULL,
  PRIMARY KEY (demo_id, release_id)
);
CREATE INDEX demo_contents_by_release ON demo_contents (release_id);
