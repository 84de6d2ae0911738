-- Whose issuer a registered client has: that of the application it was registered at, as the program read its document.
ALTER TABLE oauth2_registered_client ADD COLUMN beside_id integer REFERENCES provider ON DELETE SET NULL;
CREATE INDEX ON oauth2_registered_client (beside_id);
SELECT watch('oauth2_registered_client');
