-- What a flow was after each change: a blueprint of it with its stages, policies and bindings.
CREATE TABLE flow_version (
    flow uuid NOT NULL REFERENCES flow ON DELETE CASCADE,
    number integer NOT NULL,
    created timestamptz NOT NULL,
    -- Who changed it; null for the product itself, and for people who are gone.
    person integer REFERENCES "user" ON DELETE SET NULL,
    content text NOT NULL,
    PRIMARY KEY (flow, number)
);
CREATE INDEX flow_version_person ON flow_version (person) WHERE person IS NOT NULL;
