-- A failure that lies further ahead than any wait was counted by a clock that was wrong and has been put right: it keeps nobody out until that day comes again.
CREATE OR REPLACE FUNCTION sign_in_wait(subjects text[], free integer[], longest interval[], forget interval, at timestamptz) RETURNS interval LANGUAGE sql STABLE AS $$
    SELECT GREATEST(interval '0', max(a.last_at + LEAST(interval '1 second' * 2 ^ LEAST(a.failures - g.free, 20), g.longest) - at))
    FROM sign_in_attempts a JOIN unnest(subjects, free, longest) AS g (subject, free, longest) USING (subject)
    WHERE a.failures >= g.free AND a.last_at + forget > at AND a.last_at - g.longest < at
$$;
