CREATE TABLE api_token (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization DEFERRABLE INITIALLY DEFERRED,
    name text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_token_organization ON api_token (organization_id);

CREATE TABLE usage_report (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization DEFERRABLE INITIALLY DEFERRED,
    install_id uuid NOT NULL,
    internal_users integer NOT NULL CHECK (internal_users >= 0),
    external_users integer NOT NULL CHECK (external_users >= 0),
    version text NOT NULL,
    reported_at timestamptz NOT NULL
);
CREATE INDEX usage_report_newest ON usage_report (organization_id, install_id, reported_at DESC);
