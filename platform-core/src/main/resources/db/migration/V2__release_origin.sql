-- How a release came to be: PUSH, ROLLBACK (then also to which number) or RECONFIGURATION.
ALTER TABLE releases ADD COLUMN origin VARCHAR(16) DEFAULT 'PUSH' NOT NULL;
ALTER TABLE releases ADD COLUMN rolled_back_to INTEGER;
