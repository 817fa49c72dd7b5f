-- How the users of the app that a release is made of sign in; null if it is older than that could be said.
ALTER TABLE releases ADD COLUMN sign_in TEXT;

-- The users of apps, which are no accounts of the platform. Who vouches for one (issuer) and knows him as subject is one user: of those
-- with a password that is the platform itself, and the subject is the e-mail. The id is random behind the moment it was made at.
CREATE TABLE app_users (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  provider VARCHAR(31) NOT NULL,
  issuer VARCHAR(500) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  email VARCHAR(254),
  email_verified BOOLEAN NOT NULL,
  name VARCHAR(100) NOT NULL,
  password VARCHAR(255),
  claims TEXT NOT NULL,
  blocked_at TIMESTAMP(6) WITH TIME ZONE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  last_seen_at TIMESTAMP(6) WITH TIME ZONE,
  UNIQUE (app_id, issuer, subject)
);
CREATE INDEX app_users_by_app ON app_users (app_id, id);

-- In which users are signed in. Of what the browser keeps only the hash is here.
CREATE TABLE user_sessions (
  token_sha256 VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(32) NOT NULL REFERENCES app_users (id) ON DELETE CASCADE,
  created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX user_sessions_by_user ON user_sessions (user_id);
CREATE INDEX user_sessions_by_end ON user_sessions (expires_at);
