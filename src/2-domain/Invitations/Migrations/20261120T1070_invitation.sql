CREATE TABLE invitation (
    pk uuid PRIMARY KEY,
    name text NOT NULL,
    expires timestamptz,
    fixed_data jsonb NOT NULL,
    created_by_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    single_use boolean NOT NULL,
    flow_pk uuid REFERENCES flow ON DELETE SET NULL
);
CREATE INDEX invitation_expires ON invitation (expires);
CREATE INDEX invitation_created_by ON invitation (created_by_pk);
CREATE INDEX invitation_flow ON invitation (flow_pk);
