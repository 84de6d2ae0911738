-- Schedules that administrators hold back.
ALTER TABLE job ADD COLUMN paused boolean NOT NULL DEFAULT false;
