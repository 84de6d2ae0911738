CREATE TABLE policy (
    pk uuid PRIMARY KEY,
    type text NOT NULL,
    config jsonb NOT NULL,
    name text NOT NULL CONSTRAINT policy_name_key UNIQUE,
    execution_logging boolean NOT NULL
);
SELECT watch('policy');

-- The target is a row of one of several tables: whoever owns such a table calls policy_target for it.
CREATE TABLE policy_binding (
    pk uuid PRIMARY KEY,
    target uuid NOT NULL,
    policy_pk uuid REFERENCES policy ON DELETE CASCADE,
    group_pk uuid REFERENCES "group" ON DELETE CASCADE,
    user_pk integer REFERENCES "user" ON DELETE CASCADE,
    negate boolean NOT NULL,
    enabled boolean NOT NULL,
    "order" integer NOT NULL,
    timeout integer NOT NULL CHECK (timeout >= 0),
    failure_result boolean NOT NULL,
    UNIQUE (policy_pk, target, "order")
);
CREATE INDEX policy_binding_target ON policy_binding (target);
CREATE INDEX policy_binding_group ON policy_binding (group_pk);
CREATE INDEX policy_binding_user ON policy_binding (user_pk);
SELECT watch('policy_binding');

CREATE FUNCTION release_policy_bindings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM policy_binding WHERE target = OLD.pk;
    RETURN NULL;
END $$;

-- Lets go of the bindings of deleted rows: SELECT policy_target('flow');
CREATE FUNCTION policy_target(bound regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER release_policy_bindings AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION release_policy_bindings()', bound);
END $$;
