using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Postern.Events.Recording;

/// <summary>Puts stars in the place of values whose key says that they are secret, at any depth.</summary>
public static partial class Cleanse
{
    public const string Stars = "********************";

    /// <summary>A cleansed copy.</summary>
    public static JsonObject Of(JsonObject context) => (JsonObject)Copy(context, hidden: false)!;

    public static bool IsSecret(string key) => Secret().IsMatch(key) && !Harmless().IsMatch(key);

    static JsonNode? Copy(JsonNode? node, bool hidden) => node switch
    {
        JsonObject map => Map(map),
        JsonArray list => new JsonArray([.. list.Select(item => Copy(item, hidden))]),
        JsonValue value => Value(value, hidden),
        _ => null,
    };

    // Objects under a secret key are judged by their own keys: {"token": {"pk": ..., "name": ...}} describes a token and reveals nothing.
    static JsonObject Map(JsonObject map)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in map)
            copy[WithoutNul(key)] = Copy(value, IsSecret(key));
        return copy;
    }

    static JsonNode Value(JsonValue value, bool hidden) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => hidden ? Stars : WithoutNul(value.TryGetValue<string>(out var text) ? text : value.ToString()),
        System.Text.Json.JsonValueKind.Number when hidden => Stars,
        _ => value.DeepClone(),
    };

    // PostgreSQL refuses NUL in texts.
    static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    [GeneratedRegex("API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("passing|password_change_date|^auth_method(_args)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Harmless();
}
