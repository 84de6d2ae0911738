namespace Postern.Tests.Gallery;

/// <summary>A row of the sample list.</summary>
public sealed record Person(int Pk, string Username, string Name, string Email, bool IsActive, string Path, DateTimeOffset? LastLogin)
{
    public static readonly DateTimeOffset Today = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static IReadOnlyList<Person> All { get; } =
    [
        new(1, "akadmin", "Ada Admin", "ada@example.com", true, "users", Today.AddMinutes(-4)),
        new(2, "jane", "Jane Smith", "jane.smith@example.com", true, "users/internal/engineering", Today.AddHours(-3)),
        new(3, "omar", "Omar Haddad", "omar.haddad@example.com", true, "users/internal", Today.AddDays(-2)),
        new(4, "mei", "Mei Lin", "mei.lin@example.com", false, "users/external", Today.AddDays(-40)),
        new(5, "wiki-service", "Wiki service account", "", true, "goauthentik.io/service-accounts", null),
        new(6, "leonie", "Leonie von Hohenstein-Wittelsbach", "leonie.von-hohenstein-wittelsbach@a-very-long-domain.example.com", true, "users/external", Today.AddDays(-400)),
    ];
}
