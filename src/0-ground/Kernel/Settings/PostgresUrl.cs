using System.Globalization;
using System.Web;
using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>A connection address as libpq has them: <c>postgresql://user:password@host:5432/name?sslmode=require</c>.</summary>
internal static class PostgresUrl
{
    public const string Shape = "an address like postgresql://user:password@host:5432/name?sslmode=require";

    static readonly string[] parameters = ["host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"];

    /// <summary>Lays what the address says over what the single settings say; null when it is no such address.</summary>
    public static PostgresSettings? Apply(string text, PostgresSettings below)
    {
        // A socket folder leaves the host empty, which Uri refuses; libpq writes it as a parameter instead.
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme] is not ("postgresql" or "postgres"))
            return null;
        var rest = text[(scheme + 3)..];
        var hostless = rest.StartsWith('/') || rest.Contains("@/", StringComparison.Ordinal);
        var readable = hostless ? rest.Replace("@/", "@unset/", StringComparison.Ordinal) : rest;
        if (readable.StartsWith('/'))
            readable = "unset" + readable;
        if (!Uri.TryCreate("postgresql://" + readable, UriKind.Absolute, out var uri))
            return null;

        var query = HttpUtility.ParseQueryString(uri.Query);
        if (query.AllKeys.Any(key => !parameters.Contains(key, StringComparer.Ordinal)))
            return null;
        var account = uri.UserInfo.Split(':', 2);
        return below with
        {
            Host = query["host"] ?? (hostless ? below.Host : uri.Host),
            Port = uri.Port > 0 ? uri.Port : int.TryParse(query["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : below.Port,
            Name = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : below.Name,
            User = account[0].Length > 0 ? Uri.UnescapeDataString(account[0]) : below.User,
            Password = account.Length > 1 ? new Secret(Uri.UnescapeDataString(account[1])) : below.Password,
            SslMode = query["sslmode"] ?? below.SslMode,
            SslRootCertificate = query["sslrootcert"] ?? below.SslRootCertificate,
            SslCertificate = query["sslcert"] ?? below.SslCertificate,
            SslKey = query["sslkey"] ?? below.SslKey,
        };
    }
}
