-- Keys of tokens are found by their hash and kept sealed. What is here already is sealed by the next "secrets.reseal" job. The old column is emptied; it goes with a later release, when no server of
-- the release before runs any more.
ALTER TABLE token ADD COLUMN key_hash bytea, ADD COLUMN sealed_key text;
UPDATE token SET key_hash = sha256(convert_to(key, 'UTF8')), sealed_key = key;
DROP INDEX token_key;
ALTER TABLE token ALTER COLUMN key DROP NOT NULL, ALTER COLUMN key_hash SET NOT NULL, ALTER COLUMN sealed_key SET NOT NULL;
UPDATE token SET key = NULL;
CREATE UNIQUE INDEX token_key_hash ON token (key_hash);
