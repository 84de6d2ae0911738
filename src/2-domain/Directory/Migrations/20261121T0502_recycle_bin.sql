-- Users in the recycle bin: they keep their rows and links, are inactive, and no list shows them.
ALTER TABLE "user" ADD COLUMN binned_on timestamptz, ADD COLUMN binned_by text, ADD COLUMN binned_active boolean;
CREATE INDEX user_binned_on ON "user" (binned_on) WHERE binned_on IS NOT NULL;
