using Microsoft.AspNetCore.Http;

namespace Postern.Pages.Look;

/// <summary>A person's colour scheme, kept in a cookie so that the server renders it from the first byte.</summary>
public static class ThemeChoice
{
    public const string Cookie = "postern_theme";

    /// <summary>The scheme of this request: the <c>theme</c> parameter, else the cookie, else the system's.</summary>
    public static Theme Read(HttpRequest request) => Parse(request.Query["theme"]) ?? Parse(request.Cookies[Cookie]) ?? Theme.Automatic;

    public static string Name(Theme theme) => theme switch
    {
        Theme.Light => "light",
        Theme.Dark => "dark",
        _ => "auto",
    };

    internal static Theme? Parse(string? name) => name switch
    {
        "light" => Theme.Light,
        "dark" => Theme.Dark,
        "auto" or "automatic" => Theme.Automatic,
        _ => null,
    };
}
