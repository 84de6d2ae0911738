using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Postern.OAuth2.Authorize;

/// <summary>The parameters of an authorization request (RFC 6749 section 3.1), each at most once; those without a value count as left out.</summary>
sealed class AuthorizeParameters
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public AuthorizeParameters(IEnumerable<KeyValuePair<string, StringValues>> given)
    {
        foreach (var (name, value) in given)
        {
            if (value.Count > 1)
                Repeated ??= name;
            if (value is [{ Length: > 0 } text, ..])
                values[name] = text;
        }
    }

    public AuthorizeParameters(IEnumerable<KeyValuePair<string, string>> given) => values = new(given, StringComparer.Ordinal);

    /// <summary>Name of a parameter that came more than once; null when none did.</summary>
    public string? Repeated { get; }

    public IReadOnlyDictionary<string, string> All => values;

    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The values of a list separated by spaces.</summary>
    public string[] List(string name) => (this[name] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The request as a path with query, with one parameter more.</summary>
    public string ToPath(string path, string? name = null, string? value = null)
    {
        var all = values.Where(v => v.Key != name).Select(v => KeyValuePair.Create(v.Key, (string?)v.Value));
        return QueryHelpers.AddQueryString(path, name is null ? all : all.Append(KeyValuePair.Create(name, value)));
    }

    /// <summary>Reads GET parameters, or the form of a POST.</summary>
    public static async Task<AuthorizeParameters> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType ? new(await request.ReadFormAsync(cancellation)) : new(request.Query);
}
