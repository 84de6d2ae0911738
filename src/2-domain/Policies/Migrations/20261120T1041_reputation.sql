CREATE TABLE reputation (
    pk uuid PRIMARY KEY,
    identifier text NOT NULL,
    ip text NOT NULL,
    ip_geo_data jsonb NOT NULL,
    ip_asn_data jsonb NOT NULL,
    score integer NOT NULL,
    updated timestamptz NOT NULL,
    expires timestamptz NOT NULL,
    UNIQUE (identifier, ip)
);
CREATE INDEX reputation_ip ON reputation (ip);
CREATE INDEX reputation_expires ON reputation (expires);
