-- Portable between H2 and PostgreSQL. Identities are never reused.

CREATE TABLE accounts (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email VARCHAR(254) NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  password VARCHAR(255) NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE access_tokens (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL,
  secret_sha256 CHAR(64) NOT NULL UNIQUE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX access_tokens_by_account ON access_tokens (account_id, id);

-- Remember-me logins: Spring Security's table with its columns, wide enough for an e-mail.
CREATE TABLE persistent_logins (
  username VARCHAR(254) NOT NULL,
  series VARCHAR(64) PRIMARY KEY,
  token VARCHAR(64) NOT NULL,
  last_used TIMESTAMP NOT NULL
);
CREATE INDEX persistent_logins_by_username ON persistent_logins (username);

CREATE TABLE apps (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES accounts (id),
  name VARCHAR(31) NOT NULL UNIQUE,
  last_release INTEGER DEFAULT 0 NOT NULL,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX apps_by_owner ON apps (owner_id, name);

CREATE TABLE app_config (
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  name VARCHAR(128) NOT NULL,
  content VARCHAR(32768) NOT NULL,
  PRIMARY KEY (app_id, name)
);

-- What a release is made of is read and written whole, hence JSON in text.
CREATE TABLE releases (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  state VARCHAR(16) NOT NULL,
  commit_id VARCHAR(64),
  made_by VARCHAR(254) NOT NULL,
  made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  failure TEXT,
  services TEXT NOT NULL,
  site TEXT NOT NULL,
  site_service VARCHAR(31),
  config TEXT NOT NULL,
  changes TEXT NOT NULL,
  UNIQUE (app_id, number)
);
CREATE INDEX releases_by_state ON releases (state, app_id);

-- The store that the services of an app share; both databases compare bytes unsigned.
CREATE TABLE key_values (
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  entry_key BYTEA NOT NULL,
  entry_value BYTEA NOT NULL,
  PRIMARY KEY (app_id, entry_key)
);
