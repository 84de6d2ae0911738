using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Directory.Attributes;

/// <summary>Attribute keys that the product itself reads.</summary>
public static class ReservedKeys
{
    const string Prefix = "goauthentik.io/user/";

    /// <summary>Whether tokens the user makes expire.</summary>
    public const string TokenExpires = Prefix + "token-expires";

    /// <summary>The longest life of the user's app passwords, as a duration.</summary>
    public const string TokenMaximumLifetime = Prefix + "token-maximum-lifetime";

    /// <summary>A user that a machine made.</summary>
    public const string Generated = Prefix + "generated";

    /// <summary>When a user that a machine made goes, in seconds since 1970.</summary>
    public const string Expires = Prefix + "expires";

    /// <summary>The user goes with the sign-out.</summary>
    public const string DeleteOnLogout = Prefix + "delete-on-logout";

    /// <summary>A flag; <paramref name="otherwise"/> where it is missing or no flag.</summary>
    public static bool Flag(this JsonObject attributes, string key, bool otherwise) =>
        attributes[key] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    /// <summary>A duration; null where it is missing or malformed.</summary>
    public static TimeSpan? Span(this JsonObject attributes, string key) =>
        attributes[key] is JsonValue value && value.TryGetValue<string>(out var text) && Duration.TryParse(text, out var span) ? span : null;
}
