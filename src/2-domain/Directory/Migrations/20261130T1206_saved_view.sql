CREATE TABLE saved_view (
    pk uuid PRIMARY KEY,
    user_pk integer NOT NULL REFERENCES "user" ON DELETE CASCADE,
    list text NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    UNIQUE (user_pk, list, name)
);
