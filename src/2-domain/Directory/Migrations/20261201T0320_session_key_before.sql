-- Hash of the key that a sign-in replaced: a request that was on its way with it must not take the new one from the browser.
ALTER TABLE session ADD COLUMN key_before bytea;
CREATE INDEX session_key_before ON session (key_before) WHERE key_before IS NOT NULL;
