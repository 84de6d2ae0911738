CREATE TABLE notification_transport (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT notification_transport_name_key UNIQUE,
    mode text NOT NULL,
    webhook_url text NOT NULL,
    webhook_ca_pk uuid REFERENCES certificate_key_pair ON DELETE SET NULL,
    webhook_mapping_body_pk uuid REFERENCES property_mapping ON DELETE SET NULL,
    webhook_mapping_headers_pk uuid REFERENCES property_mapping ON DELETE SET NULL,
    email_subject_prefix text NOT NULL,
    email_template text NOT NULL,
    send_once boolean NOT NULL
);
SELECT watch('notification_transport');

CREATE TABLE notification_rule (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT notification_rule_name_key UNIQUE,
    transports uuid[] NOT NULL,
    severity text NOT NULL,
    destination_group_pk uuid REFERENCES "group" ON DELETE SET NULL,
    destination_event_user boolean NOT NULL
);
SELECT policy_target('notification_rule');
SELECT watch('notification_rule');

CREATE TABLE notification (
    pk uuid PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    severity text NOT NULL,
    body text NOT NULL,
    hyperlink text CHECK (length(hyperlink) <= 4096),
    hyperlink_label text,
    created timestamptz NOT NULL,
    -- No foreign key: events live in partitions and go when they expire.
    event_pk uuid,
    seen boolean NOT NULL
);
CREATE INDEX notification_user ON notification (user_pk, created DESC);
CREATE INDEX notification_unseen ON notification (user_pk) WHERE NOT seen;
CREATE INDEX notification_event ON notification (event_pk);
