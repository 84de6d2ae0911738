using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Postern.Pages.Static;

/// <summary>A picture under a name that other systems and stored settings know, such as the standard logo; the name does not change with the content.</summary>
sealed record FixedFile(string ContentType, byte[] Content)
{
    const string Prefix = "fixed/";

    /// <summary>All of them, by their path below <c>/static/dist/assets/</c>.</summary>
    public static FrozenDictionary<string, FixedFile> All { get; } = typeof(FixedFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read, StringComparer.Ordinal);

    /// <summary>The validator by which browsers ask whether their copy still holds (RFC 9110, section 8.8.3).</summary>
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8))}\"";

    static FixedFile Read(string resource)
    {
        using var stream = typeof(FixedFile).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new FixedFile(Path.GetExtension(resource) switch
        {
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            _ => "image/jpeg",
        }, content);
    }
}
