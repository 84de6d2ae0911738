ALTER TABLE system_settings ADD COLUMN recycle_bin_retention text NOT NULL DEFAULT 'days=30';
