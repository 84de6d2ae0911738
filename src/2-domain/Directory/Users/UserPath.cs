namespace Postern.Directory.Users;

/// <summary>Rules of a user's folder.</summary>
public static class UserPath
{
    /// <summary>What is wrong with a path; null when nothing is.</summary>
    public static string? Refusal(string path) =>
        path.StartsWith('/') || path.EndsWith('/') ? "No leading or trailing slashes allowed."
        : path.Split('/').Any(s => s.Length == 0) ? "No empty segments in user path allowed."
        : null;

    /// <summary>Whether one folder lies within another.</summary>
    public static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);
}
