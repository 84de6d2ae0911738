namespace Postern.Flows.Running;

/// <summary>Which <c>next</c> addresses may be followed: paths on this server, and nothing a browser could read as another host.</summary>
public static class LocalPath
{
    // Room for an authorization request on its way through sign-in.
    const int MaxLength = 8192;

    /// <summary>The path to go to; null when the text could lead elsewhere.</summary>
    public static string? Of(string? next)
    {
        if (string.IsNullOrEmpty(next) || next.Length > MaxLength || next[0] != '/')
            return null;
        // Browsers drop tabs and line ends and read a backslash as a slash: "/\evil", "/\t/evil".
        if (next.Any(c => char.IsControl(c) || c == '\\'))
            return null;
        if (next.Length > 1 && next[1] == '/')
            return null;
        return Uri.TryCreate(next, UriKind.Relative, out _) && DecodesSafely(next) ? next : null;
    }

    // A proxy may decode once before the browser sees it: "/%2Fevil", "/%5Cevil".
    static bool DecodesSafely(string path)
    {
        var head = path.Split('?', '#')[0];
        var decoded = Uri.UnescapeDataString(head);
        return !decoded.StartsWith("//", StringComparison.Ordinal) && !decoded.Any(c => char.IsControl(c) || c == '\\');
    }
}
