using Microsoft.AspNetCore.Http;

namespace Postern.Api.Http;

/// <summary>What comes with every page, and what whoever watches the server asks: cheap, and the same whoever asks, so nothing need be known of the caller.</summary>
public static class SameForEverybody
{
    static readonly string[] folders = ["/-", "/static"];

    public static bool IsSameForEverybody(this HttpRequest request) => Array.Exists(folders, f => request.Path.StartsWithSegments(f, StringComparison.Ordinal));
}
