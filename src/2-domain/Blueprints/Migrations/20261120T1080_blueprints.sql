CREATE TABLE blueprint_instance (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT blueprint_instance_name_key UNIQUE,
    path text NOT NULL,
    content text NOT NULL,
    context jsonb NOT NULL,
    enabled boolean NOT NULL,
    status text NOT NULL,
    last_applied timestamptz NOT NULL,
    last_applied_hash text NOT NULL,
    managed_models text[] NOT NULL,
    metadata jsonb NOT NULL,
    report jsonb NOT NULL
);
CREATE INDEX blueprint_instance_path ON blueprint_instance (path);
