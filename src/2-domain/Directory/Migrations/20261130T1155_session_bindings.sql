-- What a session is bound to, in the two ways of the login stage, and when it ends however much it is used.
ALTER TABLE session
    ADD COLUMN network_binding text NOT NULL DEFAULT 'no_binding',
    ADD COLUMN place_binding text NOT NULL DEFAULT 'no_binding',
    ADD COLUMN ends timestamptz;
UPDATE session SET
    network_binding = CASE bound WHEN 'address' THEN 'bind_asn_network_ip' WHEN 'network' THEN 'bind_asn_network' ELSE 'no_binding' END,
    place_binding = CASE bound WHEN 'place' THEN 'bind_continent_country_city' ELSE 'no_binding' END;
ALTER TABLE session DROP COLUMN bound;

CREATE TABLE known_device (
    uuid uuid PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    key_hash bytea NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    expires timestamptz NOT NULL,
    last_ip inet,
    last_user_agent text NOT NULL,
    UNIQUE (user_pk, key_hash)
);
CREATE INDEX known_device_expires ON known_device (expires);
