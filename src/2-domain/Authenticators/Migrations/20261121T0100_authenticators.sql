CREATE TABLE totp_device (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    name text NOT NULL,
    confirmed boolean NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used timestamptz,
    failures integer NOT NULL,
    failed_at timestamptz,
    seed text NOT NULL,
    digits integer NOT NULL,
    last_step bigint NOT NULL,
    drift integer NOT NULL
);
CREATE INDEX totp_device_user ON totp_device (user_pk);

CREATE TABLE static_device (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    name text NOT NULL,
    confirmed boolean NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used timestamptz,
    failures integer NOT NULL,
    failed_at timestamptz
);
CREATE INDEX static_device_user ON static_device (user_pk);

-- A used code is deleted: of two people with the same code, one deletes a row and the other none.
CREATE TABLE static_code (
    device_pk integer NOT NULL REFERENCES static_device ON DELETE CASCADE,
    hash bytea NOT NULL,
    PRIMARY KEY (device_pk, hash)
);

CREATE TABLE email_device (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    name text NOT NULL,
    confirmed boolean NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used timestamptz,
    failures integer NOT NULL,
    failed_at timestamptz,
    stage_pk uuid NOT NULL REFERENCES stage ON DELETE CASCADE,
    code_hash bytea,
    code_sent_at timestamptz,
    code_expires timestamptz,
    email text NOT NULL,
    UNIQUE (user_pk, stage_pk)
);

CREATE TABLE sms_device (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    name text NOT NULL,
    confirmed boolean NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used timestamptz,
    failures integer NOT NULL,
    failed_at timestamptz,
    stage_pk uuid NOT NULL REFERENCES stage ON DELETE CASCADE,
    code_hash bytea,
    code_sent_at timestamptz,
    code_expires timestamptz,
    phone_number text NOT NULL,
    UNIQUE (stage_pk, phone_number)
);
CREATE INDEX sms_device_user ON sms_device (user_pk);

CREATE TABLE webauthn_device (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    name text NOT NULL,
    confirmed boolean NOT NULL,
    created timestamptz NOT NULL,
    last_updated timestamptz NOT NULL,
    last_used timestamptz,
    failures integer NOT NULL,
    failed_at timestamptz,
    credential_id bytea NOT NULL UNIQUE,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    rp_id text NOT NULL,
    aaguid uuid NOT NULL,
    attested boolean NOT NULL,
    transports text[] NOT NULL
);
CREATE INDEX webauthn_device_user ON webauthn_device (user_pk);
