-- Says that the initial setup is complete, for good: whoever deletes the first administrator does not open it again.
CREATE TABLE setup_mark (completed_at timestamptz NOT NULL);
CREATE UNIQUE INDEX setup_mark_once ON setup_mark ((true));

CREATE FUNCTION mark_setup() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO setup_mark VALUES (now()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_setup AFTER INSERT OR UPDATE OF password ON "user" FOR EACH ROW
    WHEN (NEW.username = 'akadmin' AND NEW.password <> '' AND NEW.password NOT LIKE '!%') EXECUTE FUNCTION mark_setup();
INSERT INTO setup_mark SELECT now() FROM "user" WHERE username = 'akadmin' AND password <> '' AND password NOT LIKE '!%';
