-- Values at a path of keys inside a JSON document, for queries.
CREATE FUNCTION json_text_at(document jsonb, path text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN document #>> path;
CREATE FUNCTION json_number_at(document jsonb, path text[]) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN jsonb_typeof(document #> path) = 'number' THEN (document #>> path)::numeric END;
