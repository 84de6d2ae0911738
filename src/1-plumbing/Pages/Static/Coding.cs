using Microsoft.Net.Http.Headers;

namespace Postern.Pages.Static;

/// <summary>Chooses how a body travels: brotli, gzip or plain (RFC 9110, section 12.5.3).</summary>
static class Coding
{
    public const string Brotli = "br", Gzip = "gzip", Identity = "identity";

    public static string Choose(IList<StringWithQualityHeaderValue>? accepted)
    {
        if (accepted is null or { Count: 0 })
            return Identity;
        return Weight(accepted, Brotli) is > 0 and var brotli && brotli >= Weight(accepted, Gzip) ? Brotli
            : Weight(accepted, Gzip) > 0 ? Gzip
            : Identity;
    }

    static double Weight(IList<StringWithQualityHeaderValue> accepted, string coding)
    {
        var named = accepted.FirstOrDefault(a => a.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(a => a.Value == "*");
        return named is null ? 0 : named.Quality ?? 1;
    }
}
