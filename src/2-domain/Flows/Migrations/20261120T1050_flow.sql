CREATE TABLE flow (
    pk uuid PRIMARY KEY,
    name text NOT NULL,
    slug text NOT NULL CONSTRAINT flow_slug_key UNIQUE,
    title text NOT NULL,
    designation text NOT NULL,
    authentication text NOT NULL,
    layout text NOT NULL,
    denied_action text NOT NULL,
    background text NOT NULL,
    compatibility_mode boolean NOT NULL,
    policy_engine_mode text NOT NULL
);
SELECT watch('flow');
SELECT policy_target('flow');

CREATE TABLE stage (
    pk uuid PRIMARY KEY,
    type text NOT NULL,
    config jsonb NOT NULL,
    name text NOT NULL CONSTRAINT stage_name_key UNIQUE
);
SELECT watch('stage');

CREATE TABLE flow_stage_binding (
    pk uuid PRIMARY KEY,
    target uuid NOT NULL REFERENCES flow ON DELETE CASCADE,
    stage uuid NOT NULL REFERENCES stage ON DELETE CASCADE,
    "order" integer NOT NULL,
    evaluate_on_plan boolean NOT NULL,
    re_evaluate_policies boolean NOT NULL,
    policy_engine_mode text NOT NULL,
    invalid_response_action text NOT NULL,
    UNIQUE (target, stage, "order")
);
CREATE INDEX flow_stage_binding_stage ON flow_stage_binding (stage);
SELECT watch('flow_stage_binding');
SELECT policy_target('flow_stage_binding');

-- A link that resumes a flow: the plan as it was, for whoever holds the key.
CREATE TABLE flow_token (
    key_hash bytea PRIMARY KEY,
    identifier text NOT NULL CONSTRAINT flow_token_identifier_key UNIQUE,
    flow_pk uuid NOT NULL REFERENCES flow ON DELETE CASCADE,
    user_pk integer REFERENCES "user" ON DELETE CASCADE,
    plan jsonb NOT NULL,
    expires timestamptz NOT NULL,
    revoke_on_execution boolean NOT NULL
);
CREATE INDEX flow_token_expires ON flow_token (expires);
