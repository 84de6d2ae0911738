-- Many invitations made from one file or list.
CREATE TABLE invitation_batch (
    pk uuid PRIMARY KEY,
    requested_by_pk integer REFERENCES "user" ON DELETE CASCADE,
    requested_on timestamptz NOT NULL,
    idempotency_key text,
    template jsonb NOT NULL,
    dry_run boolean NOT NULL,
    keep_going boolean NOT NULL,
    total integer NOT NULL,
    checked integer NOT NULL,
    done integer NOT NULL,
    failed integer NOT NULL,
    cancelled boolean NOT NULL,
    finished_on timestamptz,
    error text NOT NULL
);
CREATE UNIQUE INDEX invitation_batch_idempotency ON invitation_batch (requested_by_pk, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX invitation_batch_requested_on ON invitation_batch (requested_on DESC);

CREATE TABLE invitation_row (
    batch_pk uuid NOT NULL REFERENCES invitation_batch ON DELETE CASCADE,
    line integer NOT NULL,
    body jsonb NOT NULL,
    done boolean NOT NULL DEFAULT false,
    invitation_pk uuid REFERENCES invitation ON DELETE SET NULL,
    error text NOT NULL DEFAULT '',
    PRIMARY KEY (batch_pk, line)
);
CREATE INDEX invitation_row_invitation ON invitation_row (invitation_pk) WHERE invitation_pk IS NOT NULL;
