namespace Postern.Applications.Icons;

/// <summary>A kind of picture that browsers draw and never run, known by how its bytes begin. SVG is none: it may carry scripts.</summary>
public sealed record PictureType(string MediaType, string Extension)
{
    static readonly PictureType png = new("image/png", "png"), jpeg = new("image/jpeg", "jpg"), gif = new("image/gif", "gif"), webP = new("image/webp", "webp");

    /// <summary>The kind of a file; null for anything that is no such picture.</summary>
    public static PictureType? Of(ReadOnlySpan<byte> content)
    {
        // The signature and the chunk that must follow it.
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) && content.Length > 24 && content[12..].StartsWith("IHDR"u8))
            return png;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && content.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]))
            return jpeg;
        if (content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8))
            return gif;
        return content.StartsWith("RIFF"u8) && content.Length > 16 && content[8..].StartsWith("WEBPVP8"u8) ? webP : null;
    }
}
