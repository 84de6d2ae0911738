using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Postern.Storage.Kinds;

namespace Postern.Api.Document;

/// <summary>The path of a door below <c>/api/v3</c>, with parameters named as clients of the reference know them.</summary>
/// <param name="Text">E.g. <c>/core/groups/{group_uuid}/</c>.</param>
/// <param name="Parameters">Name of each parameter and the field it looks for; null for one that belongs to no kind.</param>
sealed partial record ApiPath(string Text, IReadOnlyList<(string Name, Field? Field)> Parameters)
{
    const string Root = "/api/v3";

    /// <summary>Null for a door that is not part of the API.</summary>
    public static ApiPath? Of(RouteEndpoint endpoint, KindRegistry kinds)
    {
        var raw = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        if (!raw.StartsWith(Root + "/", StringComparison.Ordinal) || endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true)
            return null;
        var path = raw[Root.Length..];
        var parameters = new List<(string, Field?)>();
        var named = Parameter().Replace(path, match =>
        {
            var kind = kinds.All.FirstOrDefault(k => Collects(k, path[1..match.Index]));
            parameters.Add((kind?.PathParameter ?? match.Groups["name"].Value, kind?.Lookup));
            return $"{{{parameters[^1].Item1}}}";
        });
        return new ApiPath(named, parameters);
    }

    static bool Collects(ModelKind kind, string before) =>
        string.Equals($"{kind.Path}/", before, StringComparison.Ordinal) || string.Equals($"{kind.AdminPath}/", before, StringComparison.Ordinal);

    // Without what the route demands of the value: {id:guid}.
    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
