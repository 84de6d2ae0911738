CREATE TABLE license (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization DEFERRABLE INITIALLY DEFERRED,
    install_id uuid NOT NULL,
    nickname text NOT NULL,
    plan_code text NOT NULL,
    internal_users integer NOT NULL CHECK (internal_users >= 0),
    external_users integer NOT NULL CHECK (external_users >= 0),
    issued_at timestamptz NOT NULL,
    paid_through timestamptz NOT NULL,
    revoked_at timestamptz,
    reminded integer
);
CREATE INDEX license_organization ON license (organization_id);
CREATE INDEX license_paid_through ON license (paid_through);

CREATE TABLE license_key (
    license_id uuid NOT NULL REFERENCES license DEFERRABLE INITIALLY DEFERRED,
    revision integer NOT NULL CHECK (revision > 0),
    key text NOT NULL,
    reason text NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    superseded_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (license_id, revision)
);

CREATE TABLE key_authority (
    id uuid PRIMARY KEY,
    root_pem text NOT NULL,
    sealed text NOT NULL,
    created_at timestamptz NOT NULL
);
