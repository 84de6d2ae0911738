-- Rights on consents are named after the part that keeps them, as clients know them. Numbers of rights are made from their names.
UPDATE role_permission SET permission = replace(permission, 'authentik_core.', 'authentik_stages_consent.') WHERE permission LIKE 'authentik\_core.%\_userconsent';
UPDATE role_object_permission SET permission = replace(permission, 'authentik_core.', 'authentik_stages_consent.'), kind = 'authentik_stages_consent.userconsent' WHERE permission LIKE 'authentik\_core.%\_userconsent';
UPDATE initial_permissions
SET permissions = array_replace(array_replace(array_replace(array_replace(permissions, 2056968466, 1860339327), 367415570, 1419537652), 973548268, 341751511), 1217615123, 1780839460)
WHERE permissions && ARRAY[2056968466, 367415570, 973548268, 1217615123];
