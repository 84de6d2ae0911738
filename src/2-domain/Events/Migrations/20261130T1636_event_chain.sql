-- Seals follow the order in which events were written. A transaction's number tells it: below the oldest transaction under way nothing is added any more.
-- What came before this migration stands at the beginning.
ALTER TABLE event ADD COLUMN position bigint NOT NULL DEFAULT 0;
CREATE INDEX event_position ON event (position, pk) WHERE NOT from_outside;

-- What is added to the numbers of transactions: a restored database counts from the start again, and its events must not.
CREATE TABLE event_shift (value bigint NOT NULL);
INSERT INTO event_shift VALUES (0);

CREATE FUNCTION event_position() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT pg_current_xact_id()::text::bigint + value FROM event_shift);
END $$;
ALTER TABLE event ALTER COLUMN position SET DEFAULT event_position();

-- A seal covers the events after the seal before it, up to last_position and last_pk.
CREATE TABLE event_seal (
    number bigint PRIMARY KEY,
    last_position bigint NOT NULL,
    last_pk uuid NOT NULL,
    count integer NOT NULL,
    -- The latest end of life of its events.
    expires timestamptz NOT NULL,
    sealed_at timestamptz NOT NULL,
    -- The hashes of its events, 32 bytes each, in order; empty once they are dropped.
    leaves bytea NOT NULL,
    leaves_hash bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    mark bytea NOT NULL,
    dropped_at timestamptz,
    dropped_mark bytea
);
CREATE INDEX event_seal_expires ON event_seal (expires) WHERE dropped_at IS NULL;

-- Hashes of events that were deleted for a reason before their time.
CREATE TABLE event_forgotten (
    leaf bytea PRIMARY KEY,
    forgotten_at timestamptz NOT NULL,
    mark bytea NOT NULL
);
