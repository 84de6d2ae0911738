namespace Postern.Directory.Users;

/// <summary>What mails say of a user, and in which language they are written to.</summary>
public static class UserFacts
{
    public static IReadOnlyDictionary<string, object?> Of(User user) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = user.Username, ["name"] = user.Name, ["email"] = user.Email };

    /// <summary>The locale of the user's settings; null where they chose none.</summary>
    public static string? LocaleOf(User user) => user.Attributes["settings"] is System.Text.Json.Nodes.JsonObject settings && settings["locale"]?.ToString() is { Length: > 0 } locale ? locale : null;
}
