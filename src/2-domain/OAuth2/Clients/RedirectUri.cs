using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Postern.OAuth2.Clients;

/// <summary>An address of the application's to which people may be sent back (RFC 6749 section 3.1.2).</summary>
public sealed record RedirectUri(string Url, bool IsRegex, bool IsLogout)
{
    static readonly string[] Forbidden = ["javascript", "data", "vbscript"];
    static readonly string[] Loopbacks = ["http://127.0.0.1", "http://[::1]"];
    static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(100);

    readonly Regex? pattern = IsRegex ? Compile(Url) : null;

    /// <summary>Scheme, host and port; null where the address has none.</summary>
    public string? Origin => !IsRegex && Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : null;

    /// <summary>Whether a given address is this one: the same text, or all of it matched by the expression. Addresses a browser would run never are.</summary>
    public bool Matches(string given)
    {
        if (!IsSafe(given))
            return false;
        if (!IsRegex)
            return string.Equals(Url, given, StringComparison.Ordinal) || IsLoopback(given);
        try
        {
            return pattern?.IsMatch(given) is true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>An absolute address without fragment whose scheme no browser runs as a program.</summary>
    public static bool IsSafe(string given)
    {
        var scheme = given.IndexOf(':', StringComparison.Ordinal);
        return scheme > 0 && given.Length <= 2048 && !given.Any(c => char.IsControl(c) || c is ' ' or '\\') && !given.Contains('#', StringComparison.Ordinal)
            && Uri.CheckSchemeName(given[..scheme]) && !Forbidden.Contains(given[..scheme], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The expression over the whole text, without backtracking where its features allow; null when it is none.</summary>
    public static Regex? Compile(string expression)
    {
        foreach (var options in new[] { RegexOptions.NonBacktracking, RegexOptions.None })
        {
            try
            {
                return new Regex($@"\A(?:{expression})\z", options | RegexOptions.CultureInvariant, MatchTime);
            }
            catch (NotSupportedException)
            {
                // Lookarounds and back references need the other engine.
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        return null;
    }

    public static IReadOnlyList<RedirectUri> ListOf(JsonNode? stored) => stored is JsonArray list
        ? [.. list.OfType<JsonObject>().Select(o => new RedirectUri(Text(o, "url"), Text(o, "matching_mode") is "regex", Text(o, "redirect_uri_type") is "logout"))]
        : [];

    // RFC 8252 section 7.3: programs on the person's machine listen where there is room, so the port of a loopback address is free.
    bool IsLoopback(string given)
    {
        if (Loopbacks.FirstOrDefault(l => Url.StartsWith(l, StringComparison.Ordinal)) is not { } host || !given.StartsWith(host, StringComparison.Ordinal))
            return false;
        var path = Url[host.Length..];
        var rest = given.AsSpan(host.Length);
        if (path.Length > 0 && path[0] is not ('/' or '?'))
            return false;
        if (rest.Length > 0 && rest[0] is ':')
        {
            var port = rest[1..];
            var digits = port.IndexOfAnyExceptInRange('0', '9');
            rest = digits < 0 ? [] : port[digits..];
            if (!ushort.TryParse(digits < 0 ? port : port[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return false;
        }
        return rest.SequenceEqual(path);
    }

    static string Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
