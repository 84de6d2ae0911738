-- Tells every node that a configuration table changed; see the Snapshots folder.
CREATE FUNCTION notify_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('postern_changed', TG_TABLE_NAME);
    RETURN NULL;
END $$;

-- Puts a configuration table under watch: SELECT watch('flow');
CREATE FUNCTION watch(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION notify_changed()', watched);
END $$;
