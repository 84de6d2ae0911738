-- What the session is bound to; a visit from another address ends it.
ALTER TABLE session ADD COLUMN bound text NOT NULL DEFAULT 'nothing';
