-- Says which kinds were added, so that only those who run them wake.
DROP TRIGGER added ON job;
CREATE OR REPLACE FUNCTION notify_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('postern_job', kind) FROM (SELECT DISTINCT kind FROM added) kinds;
    RETURN NULL;
END $$;
CREATE TRIGGER added AFTER INSERT ON job REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_job();
