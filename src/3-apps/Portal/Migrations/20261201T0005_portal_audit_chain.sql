-- A line's hash covers the line and the hash before it. Made here, one line after the other for each organization, so that two at once never follow the same one.
CREATE FUNCTION audit_entry_hash(before bytea, line audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(before || convert_to(concat_ws(E'\n',
        line.organization_id, floor(extract(epoch FROM line.at) * 1000)::bigint, line.subject, line.actor_name, line.address, line.action, line.detail), 'UTF8'))
$$;

CREATE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit_entry ' || NEW.organization_id, 0));
    -- The place in the chain is the place behind the lock.
    NEW.id := nextval(pg_get_serial_sequence('audit_entry', 'id'));
    NEW.hash := audit_entry_hash(coalesce((SELECT hash FROM audit_entry WHERE organization_id = NEW.organization_id ORDER BY id DESC LIMIT 1), ''::bytea), NEW);
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_entry_chained BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION chain_audit_entry();

CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lines of the audit trail stay as they are.';
END
$$;
CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();
