using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Sources.Providers;

/// <summary>Who a source says somebody is.</summary>
/// <param name="Identifier">The source's name for them, which never changes.</param>
/// <param name="EmailVerified">Whether the source vouches for the address.</param>
/// <param name="Info">All that it told.</param>
/// <param name="Token">Its answer at the token endpoint.</param>
sealed record Identity(string Identifier, string Username, string Email, bool EmailVerified, string Name, JsonObject Info, JsonObject Token)
{
    /// <summary>Reads a profile as the type of provider writes it; null where it does not say who that is.</summary>
    public static Identity? Read(ProviderType type, JsonObject info, JsonObject token)
    {
        if (Text(info, type.Id) is not { Length: > 0 and <= MaxLength } identifier)
            return null;
        var said = type.EmailVerified.Select(path => At(info, path)).FirstOrDefault(n => n is not null);
        return new Identity(
            identifier, First(info, type.Username), First(info, type.Email), said is null ? type.IsVerifiedUnlessDenied : IsTrue(said), First(info, type.FullName), info, token);
    }

    const int MaxLength = 255;

    static string First(JsonObject info, IReadOnlyList<string> paths) => paths.Select(p => Text(info, p)).FirstOrDefault(t => t is { Length: > 0 and <= MaxLength }) ?? "";

    static bool IsTrue(JsonNode node) => node is JsonValue value && ((value.TryGetValue<bool>(out var flag) && flag) || (value.TryGetValue<string>(out var text) && text is "true"));

    static string? Text(JsonObject info, string path) => At(info, path) switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text.Trim(),
        JsonValue value when value.TryGetValue<long>(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    static JsonNode? At(JsonObject info, string path) => path.Split('.').Aggregate((JsonNode?)info, static (node, name) => (node as JsonObject)?[name]);
}
