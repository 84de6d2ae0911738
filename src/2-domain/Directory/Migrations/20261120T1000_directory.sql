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
    key_hash bytea PRIMARY KEY,
    uuid uuid NOT NULL UNIQUE,
    user_pk integer REFERENCES "user" ON DELETE CASCADE,
    impersonator_pk integer REFERENCES "user" ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    last_used timestamptz NOT NULL,
    expires timestamptz NOT NULL,
    persistent boolean NOT NULL,
    last_ip inet,
    last_user_agent text NOT NULL,
    auth_method text NOT NULL,
    auth_method_args jsonb NOT NULL,
    flows jsonb NOT NULL,
    messages jsonb NOT NULL
);
CREATE INDEX session_of_user ON session (user_pk);
CREATE INDEX session_expires ON session (expires);
