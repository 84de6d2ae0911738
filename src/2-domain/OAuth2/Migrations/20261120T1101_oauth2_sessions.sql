-- Which applications somebody signed in to in a session, and as whom: they hear of its end, whatever ends it.
CREATE TABLE oauth2_session_client (
    session_uuid uuid NOT NULL REFERENCES session ON DELETE CASCADE,
    provider_id integer NOT NULL REFERENCES provider ON DELETE CASCADE,
    sub text NOT NULL,
    issuer text NOT NULL,
    PRIMARY KEY (session_uuid, provider_id)
);
CREATE INDEX ON oauth2_session_client (provider_id);

CREATE FUNCTION oauth2_session_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error)
    SELECT 'oauth2.backchannel_logout', jsonb_build_object('provider', c.provider_id, 'session', OLD.uuid, 'sub', c.sub, 'issuer', c.issuer), now(), now() - interval '1 day', 0, ''
    FROM oauth2_session_client c JOIN provider p ON p.id = c.provider_id
    WHERE c.session_uuid = OLD.uuid AND p.config->>'logout_method' = 'backchannel' AND coalesce(p.config->>'logout_uri', '') <> '';
    RETURN OLD;
END $$;
CREATE TRIGGER oauth2_session_ends BEFORE DELETE ON session FOR EACH ROW WHEN (OLD.user_pk IS NOT NULL) EXECUTE FUNCTION oauth2_session_ends();

-- A consent is worth nothing without its application.
CREATE FUNCTION oauth2_forget_consents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM user_consent WHERE application_pk = OLD.pk;
    RETURN NULL;
END $$;
CREATE TRIGGER oauth2_forget_consents AFTER DELETE ON application FOR EACH ROW EXECUTE FUNCTION oauth2_forget_consents();
