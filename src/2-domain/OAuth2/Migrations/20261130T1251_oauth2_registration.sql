-- Lets people register applications beside one. The application registers nothing while it has no row here.
CREATE TABLE oauth2_registration (
    pk uuid PRIMARY KEY,
    provider_id integer NOT NULL CONSTRAINT oauth2_registration_provider_key UNIQUE REFERENCES provider ON DELETE CASCADE,
    default_application_group text NOT NULL,
    override_authorization_flow uuid REFERENCES flow ON DELETE SET NULL,
    override_invalidation_flow uuid REFERENCES flow ON DELETE SET NULL,
    override_property_mappings uuid[] NOT NULL,
    access_token_validity text NOT NULL,
    refresh_token_validity text NOT NULL,
    allowed_grant_types text[] NOT NULL,
    policy_engine_mode text NOT NULL
);
CREATE INDEX ON oauth2_registration (override_authorization_flow);
CREATE INDEX ON oauth2_registration (override_invalidation_flow);
SELECT watch('oauth2_registration');

-- Who registered which application, and when.
CREATE TABLE oauth2_registered_client (
    provider_id integer PRIMARY KEY REFERENCES provider ON DELETE CASCADE,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    created_at timestamptz NOT NULL
);
CREATE INDEX ON oauth2_registered_client (user_pk, created_at);
