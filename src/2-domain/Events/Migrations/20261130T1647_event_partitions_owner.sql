-- A server that may not change the schema still makes the partitions of the months to come.
ALTER FUNCTION event_partitions(timestamptz) SECURITY DEFINER SET search_path FROM CURRENT;
