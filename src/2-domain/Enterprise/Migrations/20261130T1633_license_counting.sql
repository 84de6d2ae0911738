-- Counting people who need a license reads this index alone: its condition is that of the question, so that no row of the wide table is looked at.
DROP INDEX user_counted_type;
CREATE INDEX user_counted ON "user" (type) WHERE is_active AND username <> 'AnonymousUser';
