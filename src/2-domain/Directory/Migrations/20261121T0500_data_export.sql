CREATE TABLE data_export (
    pk uuid PRIMARY KEY,
    requested_by_pk integer REFERENCES "user" ON DELETE CASCADE,
    requested_on timestamptz NOT NULL,
    kind text NOT NULL,
    query_params jsonb NOT NULL,
    total integer,
    done integer NOT NULL,
    finished_on timestamptz,
    error text NOT NULL,
    bytes bigint NOT NULL
);
CREATE INDEX data_export_requested_by ON data_export (requested_by_pk);
CREATE INDEX data_export_requested_on ON data_export (requested_on DESC);
