CREATE TABLE mail (
    pk uuid PRIMARY KEY,
    created_at timestamptz NOT NULL,
    recipients text[] NOT NULL,
    subject text NOT NULL,
    state text NOT NULL,
    message jsonb,
    attempts integer NOT NULL,
    last_error text NOT NULL,
    sent_at timestamptz
);
CREATE INDEX mail_created ON mail (created_at);
