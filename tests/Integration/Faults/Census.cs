namespace Postern.Tests.Integration.Faults;

/// <summary>What the database says of accounts and invitations after a fault.</summary>
static class Census
{
    /// <summary>Enrolled accounts without a password, a name, an address, the entry of their invitation, or the event that tells of them.</summary>
    public const string HalfMade = """
        SELECT count(*) FROM "user" u WHERE u.username LIKE 'guest%' AND (u.password = '' OR u.password LIKE '!%' OR u.name = '' OR u.email = ''
            OR (SELECT count(*) FROM invitation_entry e WHERE e.user_pk = u.pk AND e.what = 'accepted') <> 1
            OR NOT EXISTS (SELECT FROM event v WHERE v.action = 'user_write' AND v."user"->>'username' = u.username))
        """;

    /// <summary>Single-use invitations that made more than one account, or whose count does not say what they made.</summary>
    public const string UsedTwice = """
        SELECT count(*) FROM invitation i WHERE i.single_use AND (i.uses > 1 OR i.uses <> (SELECT count(*) FROM invitation_entry e WHERE e.invitation_pk = i.pk AND e.what = 'accepted'))
        """;

    public const string Guests = "SELECT count(*) FROM \"user\" WHERE username LIKE 'guest%'";
}
