namespace Postern.Pages;

/// <summary>Addresses that stay on this server: one leading slash, no backslash, no control character.</summary>
public static class LocalPath
{
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(c => c == '\\' || char.IsControl(c));

    public static string OrHome(string? path) => IsLocal(path) ? path! : "/";
}
