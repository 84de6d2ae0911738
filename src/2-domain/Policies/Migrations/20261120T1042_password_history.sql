CREATE TABLE password_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    password text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX password_history_user ON password_history (user_pk, id DESC);

-- A trigger, so that no way of setting a password can forget it. Hashes are kept only while a policy asks for them and only as many as it
-- asks for; a hash made anew from the same password leaves the date alone and is none.
CREATE FUNCTION remember_password() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept integer := (SELECT max((config ->> 'num_historical_passwords')::integer) FROM policy WHERE type = 'uniquepasswordpolicy');
BEGIN
    IF kept > 0 THEN
        INSERT INTO password_history (user_pk, password, created_at) VALUES (NEW.pk, NEW.password, NEW.password_change_date);
        DELETE FROM password_history WHERE user_pk = NEW.pk
            AND id NOT IN (SELECT id FROM password_history WHERE user_pk = NEW.pk ORDER BY id DESC LIMIT kept);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER remember_first_password AFTER INSERT ON "user" FOR EACH ROW
    WHEN (NEW.password <> '' AND NEW.password NOT LIKE '!%') EXECUTE FUNCTION remember_password();
CREATE TRIGGER remember_password AFTER UPDATE OF password ON "user" FOR EACH ROW
    WHEN (NEW.password IS DISTINCT FROM OLD.password AND NEW.password_change_date IS DISTINCT FROM OLD.password_change_date
        AND NEW.password <> '' AND NEW.password NOT LIKE '!%') EXECUTE FUNCTION remember_password();
