-- Users of each folder, as a sum of changes: whoever adds a user adds a row, so that no two transactions wait for each other. A job adds the rows up.
CREATE TABLE user_folder_count (path text NOT NULL, delta bigint NOT NULL);
CREATE INDEX user_folder_count_path ON user_folder_count (path text_pattern_ops);
INSERT INTO user_folder_count SELECT path, count(*) FROM "user" WHERE username <> 'AnonymousUser' AND binned_on IS NULL GROUP BY path;

CREATE FUNCTION count_users_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_folder_count SELECT path, count(*) FROM changed WHERE username <> 'AnonymousUser' AND binned_on IS NULL GROUP BY path;
    RETURN NULL;
END $$;
CREATE FUNCTION count_users_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_folder_count SELECT path, -count(*) FROM changed WHERE username <> 'AnonymousUser' AND binned_on IS NULL GROUP BY path;
    RETURN NULL;
END $$;
CREATE FUNCTION count_user_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.binned_on IS NULL THEN
        INSERT INTO user_folder_count VALUES (OLD.path, -1);
    END IF;
    IF NEW.binned_on IS NULL THEN
        INSERT INTO user_folder_count VALUES (NEW.path, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER folder_added AFTER INSERT ON "user" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_users_added();
CREATE TRIGGER folder_removed AFTER DELETE ON "user" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_users_removed();
CREATE TRIGGER folder_moved AFTER UPDATE OF path, binned_on ON "user" FOR EACH ROW
    WHEN (OLD.username <> 'AnonymousUser' AND (OLD.path <> NEW.path OR (OLD.binned_on IS NULL) <> (NEW.binned_on IS NULL)))
    EXECUTE FUNCTION count_user_moved();

-- Lists in every order that the console offers, with the key as the last word of it.
CREATE INDEX user_by_username ON "user" (username, pk);
CREATE INDEX user_by_name ON "user" (name, pk);
CREATE INDEX user_by_email ON "user" (email, pk);
DROP INDEX user_last_login, user_date_joined, user_last_updated;
CREATE INDEX user_by_last_login ON "user" (last_login, pk);
CREATE INDEX user_by_date_joined ON "user" (date_joined, pk);
CREATE INDEX user_by_last_updated ON "user" (last_updated, pk);

-- Searches for parts of words. A server without the extension searches without them, slower.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX user_username_parts ON "user" USING gin (username gin_trgm_ops);
    CREATE INDEX user_name_parts ON "user" USING gin (name gin_trgm_ops);
    CREATE INDEX user_email_parts ON "user" USING gin (email gin_trgm_ops);
    CREATE INDEX user_uuid_parts ON "user" USING gin ((uuid::text) gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not to be had: %', SQLERRM;
END $$;
