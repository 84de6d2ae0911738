ALTER TABLE mail
    ADD COLUMN transcript text[] NOT NULL DEFAULT '{}',
    ADD COLUMN delivered text[] NOT NULL DEFAULT '{}',
    ADD COLUMN next_attempt timestamptz,
    ADD COLUMN give_up_at timestamptz;
UPDATE mail SET give_up_at = created_at + interval '3 days';
ALTER TABLE mail ALTER COLUMN give_up_at SET NOT NULL;
-- Mails that wait since before messages were sealed are read as they are.
ALTER TABLE mail ALTER COLUMN message TYPE text USING message::text;
CREATE INDEX mail_state ON mail (state) WHERE state IN ('queued', 'sending', 'failed');
