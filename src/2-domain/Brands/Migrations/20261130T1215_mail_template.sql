CREATE TABLE mail_template (
    pk uuid PRIMARY KEY,
    name text NOT NULL,
    brand_pk uuid REFERENCES brand (pk) ON DELETE CASCADE,
    locale text NOT NULL,
    subject text NOT NULL,
    html text NOT NULL,
    text text NOT NULL,
    CONSTRAINT mail_template_key UNIQUE NULLS NOT DISTINCT (name, brand_pk, locale)
);
SELECT watch('mail_template');
ALTER TABLE system_settings ADD COLUMN account_mails boolean NOT NULL DEFAULT true;
