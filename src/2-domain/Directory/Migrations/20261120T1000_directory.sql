-- The name of this installation; identifiers that leave the product are derived from it.
CREATE TABLE install (id text NOT NULL);
CREATE UNIQUE INDEX install_one ON install ((true));
INSERT INTO install VALUES (gen_random_uuid()::text);

CREATE TABLE "user" (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uuid uuid NOT NULL UNIQUE,
    username text NOT NULL CHECK (length(username) BETWEEN 1 AND 150),
    name text NOT NULL,
    email text NOT NULL,
    path text NOT NULL,
    type text NOT NULL,
    is_active boolean NOT NULL,
    attributes jsonb NOT NULL,
    password text NOT NULL,
    password_change_date timestamptz NOT NULL,
    last_login timestamptz,
    date_joined timestamptz NOT NULL,
    last_updated timestamptz NOT NULL
);
-- Usernames are unique whatever their case.
CREATE UNIQUE INDEX user_username_key ON "user" (lower(username));
CREATE INDEX user_email ON "user" (lower(email));
CREATE INDEX user_path ON "user" (path text_pattern_ops);
CREATE INDEX user_type ON "user" (type);
CREATE INDEX user_date_joined ON "user" (date_joined);
CREATE INDEX user_last_updated ON "user" (last_updated);
CREATE INDEX user_last_login ON "user" (last_login);
CREATE INDEX user_attributes ON "user" USING gin (attributes jsonb_path_ops);

CREATE TABLE "group" (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT group_name_key UNIQUE,
    is_superuser boolean NOT NULL,
    attributes jsonb NOT NULL
);

CREATE TABLE group_parent (
    child_pk uuid NOT NULL REFERENCES "group" ON DELETE CASCADE,
    parent_pk uuid NOT NULL REFERENCES "group" ON DELETE CASCADE,
    PRIMARY KEY (child_pk, parent_pk),
    CHECK (child_pk <> parent_pk)
);
CREATE INDEX group_parent_parent ON group_parent (parent_pk);

CREATE TABLE user_group (
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    group_pk uuid NOT NULL REFERENCES "group" ON DELETE CASCADE,
    PRIMARY KEY (user_pk, group_pk)
);
CREATE INDEX user_group_group ON user_group (group_pk);

CREATE TABLE token (
    pk uuid PRIMARY KEY,
    identifier text NOT NULL CONSTRAINT token_identifier_key UNIQUE,
    key text NOT NULL,
    intent text NOT NULL,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    description text NOT NULL,
    expires timestamptz,
    expiring boolean NOT NULL,
    managed text UNIQUE
);
CREATE UNIQUE INDEX token_key ON token (key);
CREATE INDEX token_user ON token (user_pk);
CREATE INDEX token_expires ON token (expires) WHERE expiring;

CREATE TABLE session (
    uuid uuid PRIMARY KEY,
    key_hash bytea NOT NULL CONSTRAINT session_key_hash_key UNIQUE,
    user_pk integer REFERENCES "user" ON DELETE CASCADE,
    impersonator_pk integer REFERENCES "user" ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    authenticated_at timestamptz,
    last_used timestamptz NOT NULL,
    lifetime interval NOT NULL,
    expires timestamptz NOT NULL,
    persistent boolean NOT NULL,
    last_ip inet,
    last_user_agent text NOT NULL,
    auth_method text NOT NULL,
    auth_method_args jsonb NOT NULL,
    flows jsonb NOT NULL,
    messages jsonb NOT NULL
);
CREATE INDEX session_user_pk ON session (user_pk);
CREATE INDEX session_impersonator ON session (impersonator_pk) WHERE impersonator_pk IS NOT NULL;
CREATE INDEX session_expires ON session (expires);

-- Roles themselves are a table of a later migration, which adds the foreign keys.
CREATE TABLE user_role (
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    role_pk uuid NOT NULL,
    PRIMARY KEY (user_pk, role_pk)
);
CREATE INDEX user_role_role ON user_role (role_pk);

CREATE TABLE group_role (
    group_pk uuid NOT NULL REFERENCES "group" ON DELETE CASCADE,
    role_pk uuid NOT NULL,
    PRIMARY KEY (group_pk, role_pk)
);
CREATE INDEX group_role_role ON group_role (role_pk);

-- Groups of a user, direct and through ancestors.
CREATE FUNCTION user_groups(member integer) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 10 AS $$
    WITH RECURSIVE up (pk) AS (
        SELECT group_pk FROM user_group WHERE user_pk = member
        UNION
        SELECT parent_pk FROM group_parent JOIN up ON child_pk = pk)
    SELECT pk FROM up
$$;

-- A group and its ancestors.
CREATE FUNCTION group_ancestors(start uuid) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 5 AS $$
    WITH RECURSIVE up (pk) AS (
        VALUES (start)
        UNION
        SELECT parent_pk FROM group_parent JOIN up ON child_pk = pk)
    SELECT pk FROM up
$$;

-- What counts for a user's rights: whether any group is a superuser group, and all roles.
CREATE FUNCTION user_rights(member integer, OUT is_superuser boolean, OUT roles uuid[]) LANGUAGE sql STABLE AS $$
    WITH own AS MATERIALIZED (SELECT pk FROM user_groups(member) AS pk)
    SELECT EXISTS (SELECT FROM own JOIN "group" g USING (pk) WHERE g.is_superuser),
           ARRAY(SELECT role_pk FROM user_role WHERE user_pk = member
                 UNION
                 SELECT role_pk FROM own JOIN group_role ON group_pk = pk)
$$;

-- Stands for nobody: events and policies may name it, nobody can sign in as it, no list shows it.
INSERT INTO "user" (uuid, username, name, email, path, type, is_active, attributes, password, password_change_date, date_joined, last_updated)
VALUES (gen_random_uuid(), 'AnonymousUser', '', '', 'users', 'internal', true, '{}', '!', now(), now(), now());
