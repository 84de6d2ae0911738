-- Which second factors people have, for queries over users.
CREATE VIEW user_mfa AS
    SELECT user_pk, 'totp' AS class FROM totp_device WHERE confirmed
    UNION ALL SELECT user_pk, 'static' FROM static_device WHERE confirmed
    UNION ALL SELECT user_pk, 'email' FROM email_device WHERE confirmed
    UNION ALL SELECT user_pk, 'sms' FROM sms_device WHERE confirmed
    UNION ALL SELECT user_pk, 'webauthn' FROM webauthn_device WHERE confirmed;
