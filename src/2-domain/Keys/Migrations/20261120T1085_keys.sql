CREATE TABLE certificate_key_pair (
    pk uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT certificate_key_pair_name_key UNIQUE,
    managed text CONSTRAINT certificate_key_pair_managed_key UNIQUE,
    certificate_data text NOT NULL,
    key_data text NOT NULL,
    key_type text NOT NULL,
    cert_subject text NOT NULL,
    cert_expiry timestamptz NOT NULL,
    fingerprint_sha256 text NOT NULL,
    fingerprint_sha1 text NOT NULL
);
SELECT watch('certificate_key_pair');

UPDATE brand SET web_certificate = NULL, client_certificates = '{}';
ALTER TABLE brand ADD FOREIGN KEY (web_certificate) REFERENCES certificate_key_pair ON DELETE SET NULL;
