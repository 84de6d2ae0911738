using System.Security.Cryptography;

namespace Postern.Blueprints.Library;

/// <summary>A blueprint file of the installation.</summary>
/// <param name="Path">Path below the blueprints folder, with slashes.</param>
/// <param name="LastModified">When it was last written.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BlueprintFile(string Path, DateTimeOffset LastModified, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-512 of the content, in lower case hexadecimal digits.</summary>
    public string Hash { get; } = HashOf(Content.Span);

    /// <summary>The hash that tells whether a content was applied.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA512.HashData(content));
}
