using System.Text.Json.Nodes;

namespace Postern.Applications.Icons;

/// <summary>Addresses of pictures as applications name them: a whole address, a path, <c>fa://</c> and the name of a symbol, or the name of an uploaded file.</summary>
public static class Icon
{
    const string Theme = "%(theme)s";

    /// <summary>Where the picture is; null for none.</summary>
    public static string? UrlOf(string icon) => icon.Length == 0 ? null : Whole(icon).Replace(Theme, "light", StringComparison.Ordinal);

    /// <summary>One address for each theme, where the name says that there are two.</summary>
    public static JsonObject? ThemedOf(string icon) => icon.Contains(Theme, StringComparison.Ordinal)
        ? new JsonObject
        {
            ["light"] = Whole(icon).Replace(Theme, "light", StringComparison.Ordinal),
            ["dark"] = Whole(icon).Replace(Theme, "dark", StringComparison.Ordinal),
        }
        : null;

    static string Whole(string icon) =>
        icon.StartsWith('/') || icon.StartsWith("data:", StringComparison.Ordinal) || icon.Contains("://", StringComparison.Ordinal) ? icon : $"/media/public/{icon}";
}
