CREATE TABLE prompt (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT prompt_name_key UNIQUE,
    field_key text NOT NULL,
    label text NOT NULL,
    type text NOT NULL,
    required boolean NOT NULL,
    placeholder text NOT NULL,
    initial_value text NOT NULL,
    "order" integer NOT NULL,
    sub_text text NOT NULL,
    placeholder_expression boolean NOT NULL,
    initial_value_expression boolean NOT NULL
);
SELECT watch('prompt');

CREATE TABLE user_consent (
    pk integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    application_pk uuid NOT NULL,
    permissions text NOT NULL,
    expires timestamptz,
    UNIQUE (user_pk, application_pk)
);
