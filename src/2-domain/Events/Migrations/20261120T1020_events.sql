CREATE TABLE event (
    pk uuid NOT NULL,
    "user" jsonb NOT NULL,
    action text NOT NULL,
    app text NOT NULL,
    context jsonb NOT NULL,
    client_ip text,
    created timestamptz NOT NULL,
    expires timestamptz NOT NULL,
    brand jsonb NOT NULL,
    from_outside boolean NOT NULL,
    PRIMARY KEY (pk, created)
) PARTITION BY RANGE (created);
CREATE INDEX event_created ON event (created DESC, pk);
CREATE INDEX event_action ON event (action, created DESC);
CREATE INDEX event_expires ON event (expires);
CREATE INDEX event_client_ip ON event (client_ip);
CREATE INDEX event_user_pk ON event (jsonb_extract_path_text("user", 'pk'), created DESC);
CREATE INDEX event_username ON event (jsonb_extract_path_text("user", 'username'), created DESC);
CREATE INDEX event_context_username ON event (jsonb_extract_path_text(context, 'username'), created DESC);
CREATE INDEX event_model_pk ON event (jsonb_extract_path_text(context, 'model', 'pk'), created DESC);
CREATE INDEX event_authorized_application ON event (jsonb_extract_path_text(context, 'authorized_application', 'pk'), created DESC);

-- Takes what no month's partition does.
CREATE TABLE event_other PARTITION OF event DEFAULT;

-- One partition per month: this one and the two after it. A month whose events already lie in event_other stays there.
CREATE FUNCTION event_partitions(today timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first timestamp := date_trunc('month', today AT TIME ZONE 'UTC');
    month timestamp;
BEGIN
    FOR i IN 0..2 LOOP
        month := first + make_interval(months => i);
        BEGIN
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
                'event_' || to_char(month, 'YYYY_MM'), month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
        EXCEPTION WHEN check_violation THEN
            NULL;
        END;
    END LOOP;
END $$;
SELECT event_partitions(now());
