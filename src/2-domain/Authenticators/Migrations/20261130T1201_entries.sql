-- Entries that were not set up belong to no stage.
ALTER TABLE email_device ALTER COLUMN stage_pk DROP NOT NULL;
ALTER TABLE sms_device ALTER COLUMN stage_pk DROP NOT NULL;
