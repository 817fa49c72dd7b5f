-- Hosts beyond the platform's own under which apps answer. Whoever adds one proves it by a TXT record with the token;
-- proved_host is the host from then on, which one app has at most.
CREATE TABLE domains (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  host VARCHAR(253) NOT NULL,
  token VARCHAR(64) NOT NULL,
  made_by VARCHAR(254) NOT NULL,
  made_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  proved_host VARCHAR(253) UNIQUE,
  proved_at TIMESTAMP(6) WITH TIME ZONE,
  checked_at TIMESTAMP(6) WITH TIME ZONE,
  next_check_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  finding VARCHAR(1000),
  UNIQUE (app_id, host)
);
CREATE INDEX domains_by_next_check ON domains (next_check_at);

-- The certificate of a proved domain, its key sealed; without a chain none was issued yet.
-- Whoever tries to get one moves next_try_at behind the end of the attempt: should that end in a kill, it is due again.
CREATE TABLE certificates (
  domain_id BIGINT PRIMARY KEY REFERENCES domains (id) ON DELETE CASCADE,
  chain TEXT,
  private_key TEXT,
  seal_key VARCHAR(16),
  not_before TIMESTAMP(6) WITH TIME ZONE,
  not_after TIMESTAMP(6) WITH TIME ZONE,
  failure VARCHAR(1000),
  failures INTEGER DEFAULT 0 NOT NULL,
  next_try_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  challenge_token VARCHAR(200),
  challenge_answer VARCHAR(400)
);
CREATE INDEX certificates_by_next_try ON certificates (next_try_at);

-- The platform's account at each authority, its key sealed.
CREATE TABLE acme_accounts (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  directory VARCHAR(500) NOT NULL UNIQUE,
  private_key TEXT NOT NULL,
  seal_key VARCHAR(16) NOT NULL
);
