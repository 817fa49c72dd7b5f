-- What a release's manifest says of queues and of the hosts that its services may reach.
ALTER TABLE releases ADD COLUMN queues TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE releases ADD COLUMN outbound TEXT DEFAULT '[]' NOT NULL;

-- Messages that wait for their delivery, and dead ones, that nothing delivers any more.
-- Whoever delivers one moves its due_at behind the end of the attempt: should that end in a kill, it is due again.
CREATE TABLE queue_messages (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  queue VARCHAR(128) NOT NULL,
  content BYTEA NOT NULL,
  size_bytes INTEGER NOT NULL,
  traceparent VARCHAR(64) NOT NULL,
  attempts INTEGER DEFAULT 0 NOT NULL,
  due_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  dead BOOLEAN DEFAULT FALSE NOT NULL
);
CREATE INDEX queue_messages_due ON queue_messages (dead, app_id, queue, due_at);
CREATE INDEX queue_messages_held ON queue_messages (app_id, dead, size_bytes);
