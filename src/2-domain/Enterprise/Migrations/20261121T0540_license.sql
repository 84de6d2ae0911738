CREATE TABLE license (
    license_uuid uuid PRIMARY KEY,
    key text NOT NULL,
    -- Read from the key when it is installed, for lists alone; what counts is read from the key again whenever it is loaded.
    name text NOT NULL,
    expiry timestamptz NOT NULL,
    internal_users integer NOT NULL,
    external_users integer NOT NULL
);
CREATE UNIQUE INDEX license_key_key ON license (md5(key));
SELECT watch('license');

-- When a key was seen first: installing it once more does not start a grace period anew.
CREATE TABLE license_seen (
    key_hash bytea PRIMARY KEY,
    first_seen timestamptz NOT NULL
);

CREATE TABLE license_usage (
    usage_uuid uuid PRIMARY KEY,
    record_date timestamptz NOT NULL,
    internal_user_count bigint NOT NULL,
    external_user_count bigint NOT NULL,
    within_limits boolean NOT NULL
);
CREATE INDEX license_usage_record_date ON license_usage (record_date);
SELECT watch('license_usage');

-- What administrators were told already.
CREATE TABLE license_notice (
    name text PRIMARY KEY,
    told timestamptz NOT NULL
);

-- Counting active people of one type reads an index, not the table.
CREATE INDEX user_counted_type ON "user" (type) WHERE is_active;
