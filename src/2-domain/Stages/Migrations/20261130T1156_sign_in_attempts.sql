-- Failed attempts to sign in since the last one that succeeded, for each of several subjects: an account at an address, an account, an address, a known device.
CREATE TABLE sign_in_attempts (
    subject text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_last_at ON sign_in_attempts (last_at);

-- How long no attempt is taken under any of the subjects.
CREATE FUNCTION sign_in_wait(subjects text[], free integer[], longest interval[], forget interval, at timestamptz) RETURNS interval LANGUAGE sql STABLE AS $$
    SELECT GREATEST(interval '0', max(a.last_at + LEAST(interval '1 second' * 2 ^ LEAST(a.failures - g.free, 20), g.longest) - at))
    FROM sign_in_attempts a JOIN unnest(subjects, free, longest) AS g (subject, free, longest) USING (subject)
    WHERE a.failures >= g.free AND a.last_at + forget > at
$$;

-- Counts an attempt whose outcome is known, unless a wait began meanwhile: then the attempt counts for nothing, whatever its outcome, and the wait is answered.
-- The rows are locked, in one order for all: of any number of attempts at once each sees those counted before it.
CREATE FUNCTION settle_sign_in(subjects text[], free integer[], longest interval[], forget interval, at timestamptz, succeeded boolean) RETURNS interval LANGUAGE plpgsql AS $$
DECLARE
    wait interval;
BEGIN
    IF NOT succeeded THEN
        INSERT INTO sign_in_attempts SELECT subject, 0, at FROM unnest(subjects) subject ORDER BY subject ON CONFLICT DO NOTHING;
    END IF;
    PERFORM 1 FROM sign_in_attempts a WHERE a.subject = ANY (subjects) ORDER BY a.subject FOR UPDATE;
    wait := sign_in_wait(subjects, free, longest, forget, at);
    IF wait > interval '0' THEN
        RETURN wait;
    END IF;
    IF succeeded THEN
        DELETE FROM sign_in_attempts a WHERE a.subject = ANY (subjects) AND a.subject NOT LIKE 'address %';
    ELSE
        UPDATE sign_in_attempts a SET failures = CASE WHEN a.last_at + forget > at THEN a.failures + 1 ELSE 1 END, last_at = at WHERE a.subject = ANY (subjects);
    END IF;
    RETURN interval '0';
END
$$;
