CREATE TABLE role (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT role_name_key UNIQUE,
    managed text CONSTRAINT role_managed_key UNIQUE
);
ALTER TABLE user_role ADD CONSTRAINT user_role_role_pk_fkey FOREIGN KEY (role_pk) REFERENCES role ON DELETE CASCADE;
ALTER TABLE group_role ADD CONSTRAINT group_role_role_pk_fkey FOREIGN KEY (role_pk) REFERENCES role ON DELETE CASCADE;

-- Rights on everything of a kind; permission is "app.codename".
CREATE TABLE role_permission (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role_pk uuid NOT NULL REFERENCES role ON DELETE CASCADE,
    permission text NOT NULL,
    UNIQUE (role_pk, permission)
);
CREATE INDEX role_permission_permission ON role_permission (permission);
SELECT watch('role_permission');

-- Rights on one object each.
CREATE TABLE role_object_permission (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role_pk uuid NOT NULL REFERENCES role ON DELETE CASCADE,
    permission text NOT NULL,
    kind text NOT NULL,
    object_pk text NOT NULL,
    UNIQUE (role_pk, permission, kind, object_pk)
);
CREATE INDEX role_object_permission_object ON role_object_permission (kind, object_pk);

CREATE TABLE initial_permissions (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CONSTRAINT initial_permissions_name_key UNIQUE,
    role_pk uuid NOT NULL REFERENCES role ON DELETE CASCADE,
    permissions integer[] NOT NULL
);
SELECT watch('initial_permissions');
