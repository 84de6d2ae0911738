-- Uploaded pictures, by a name made of their content.
CREATE TABLE application_icon (
    name text PRIMARY KEY,
    type text NOT NULL,
    content bytea NOT NULL
);
