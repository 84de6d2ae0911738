using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Authenticators;

/// <summary>Administrators whom a password alone lets in.</summary>
sealed class AdministratorsCheck(PosternDb db) : ICheck
{
    // Members of a superuser group, and of the groups below one.
    const string Statement = """
        WITH RECURSIVE above AS (
            SELECT pk FROM "group" WHERE is_superuser
            UNION SELECT child_pk FROM group_parent JOIN above ON parent_pk = above.pk
        )
        SELECT u.username FROM "user" u
        WHERE u.is_active AND u.binned_on IS NULL AND u.type <> 'internal_service_account' AND EXISTS (SELECT FROM user_group g JOIN above ON g.group_pk = above.pk WHERE g.user_pk = u.pk)
            AND NOT EXISTS (SELECT FROM totp_device d WHERE d.user_pk = u.pk AND d.confirmed)
            AND NOT EXISTS (SELECT FROM webauthn_device d WHERE d.user_pk = u.pk AND d.confirmed)
            AND NOT EXISTS (SELECT FROM sms_device d WHERE d.user_pk = u.pk AND d.confirmed)
            AND NOT EXISTS (SELECT FROM email_device d WHERE d.user_pk = u.pk AND d.confirmed)
        ORDER BY u.username LIMIT 10
        """;

    public string Name => "administrators";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [];
        await using (var rows = await db.ReadAsync(Statement, cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                findings.Add(Finding.Warning($"The administrator {rows.GetString(0)} has no second factor.", "Have them add a passkey or an authenticator app under Settings > MFA devices."));
        }
        return findings.Count > 0 ? findings : [Finding.Good("Every administrator has a second factor.")];
    }
}
