-- Each token that is made would lock the row of its provider and of its user for the check of a foreign key, and all tokens of one machine lock the
-- same two rows. Triggers forget tokens with what they stand for; a token whose user or provider is gone was never worth anything.
ALTER TABLE oauth2_access_token DROP CONSTRAINT oauth2_access_token_provider_id_fkey, DROP CONSTRAINT oauth2_access_token_user_pk_fkey;
ALTER TABLE oauth2_refresh_token DROP CONSTRAINT oauth2_refresh_token_provider_id_fkey, DROP CONSTRAINT oauth2_refresh_token_user_pk_fkey;

CREATE FUNCTION oauth2_forget_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM oauth2_access_token WHERE user_pk = OLD.pk;
    DELETE FROM oauth2_refresh_token WHERE user_pk = OLD.pk;
    RETURN NULL;
END $$;
CREATE TRIGGER oauth2_forget_user AFTER DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION oauth2_forget_user();

CREATE FUNCTION oauth2_forget_provider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM oauth2_access_token WHERE provider_id = OLD.id;
    DELETE FROM oauth2_refresh_token WHERE provider_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER oauth2_forget_provider AFTER DELETE ON provider FOR EACH ROW EXECUTE FUNCTION oauth2_forget_provider();

-- Programs have no session.
DROP INDEX oauth2_access_token_session_uuid_idx;
CREATE INDEX oauth2_access_token_session_uuid_idx ON oauth2_access_token (session_uuid) WHERE session_uuid IS NOT NULL;

-- Room for the mark of being replaced in the row's own page, so that no index hears of it.
ALTER TABLE oauth2_refresh_token SET (fillfactor = 80);
