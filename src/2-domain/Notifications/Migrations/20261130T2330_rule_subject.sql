ALTER TABLE notification_rule ADD COLUMN destination_event_subject boolean NOT NULL DEFAULT false;
