-- Key a token is bound to (RFC 9449); null for tokens of whoever bears them.
ALTER TABLE oauth2_access_token ADD COLUMN key_thumbprint text;
