-- Work over many users that runs in the background.
CREATE TABLE user_batch (
    pk uuid PRIMARY KEY,
    requested_by_pk integer REFERENCES "user" ON DELETE CASCADE,
    requested_on timestamptz NOT NULL,
    action text NOT NULL,
    parameters jsonb NOT NULL,
    total integer,
    done integer NOT NULL,
    failed integer NOT NULL,
    problems jsonb NOT NULL,
    cancelled boolean NOT NULL,
    finished_on timestamptz,
    error text NOT NULL
);
CREATE INDEX user_batch_requested_by ON user_batch (requested_by_pk);
CREATE INDEX user_batch_requested_on ON user_batch (requested_on DESC);

-- The file of an import, until it is done.
CREATE TABLE user_batch_file (
    batch_pk uuid PRIMARY KEY REFERENCES user_batch ON DELETE CASCADE,
    content text NOT NULL
);
