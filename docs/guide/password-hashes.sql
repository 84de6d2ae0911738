-- For a database of authentik: users with the hashes of their passwords, in the columns of Postern's import.
SELECT username, name, email, is_active, password AS password_hash
FROM authentik_core_user
WHERE password LIKE 'pbkdf2_sha256$%' AND type IN ('internal', 'external')
ORDER BY username;
