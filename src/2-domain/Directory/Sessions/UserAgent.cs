using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Postern.Directory.Sessions;

/// <summary>Tells from a user-agent text, roughly, which browser on which system a session is; for people's eyes only.</summary>
public static partial class UserAgent
{
    const string Other = "Other";

    /// <summary>Browsers by their mark in the text; those that imitate others come first.</summary>
    static readonly (string Family, string Mark)[] Browsers =
    [
        ("Edge", "Edg"), ("Opera", "OPR"), ("Samsung Internet", "SamsungBrowser"), ("Firefox", "Firefox"), ("Firefox iOS", "FxiOS"), ("Chrome Mobile iOS", "CriOS"),
        ("HeadlessChrome", "HeadlessChrome"), ("Chrome", "Chrome"), ("Safari", "Version"), ("curl", "curl"), ("Python Requests", "python-requests"),
    ];

    static readonly (string Family, string Mark)[] Systems =
    [
        ("Windows", "Windows NT"), ("iOS", "iPhone OS"), ("iOS", "CPU OS"), ("Mac OS X", "Mac OS X"), ("Android", "Android"), ("Chrome OS", "CrOS"), ("Ubuntu", "Ubuntu"), ("Linux", "Linux"),
    ];

    public static JsonObject Parse(string text)
    {
        text = text.Length > 1000 ? text[..1000] : text;
        var device = text.Contains("iPhone", StringComparison.Ordinal) ? "iPhone" : text.Contains("iPad", StringComparison.Ordinal) ? "iPad" : text.Contains("Macintosh", StringComparison.Ordinal) ? "Mac" : Other;
        var brand = device is Other ? null : "Apple";
        var (browser, browserVersion) = Find(Browsers, text);
        var (system, systemVersion) = Find(Systems, text);
        return new JsonObject
        {
            ["device"] = new JsonObject { ["brand"] = brand, ["family"] = device, ["model"] = brand is null ? null : device },
            ["os"] = new JsonObject
            {
                ["family"] = system,
                ["major"] = Part(systemVersion, 0),
                ["minor"] = Part(systemVersion, 1),
                ["patch"] = Part(systemVersion, 2),
                ["patch_minor"] = Part(systemVersion, 3),
            },
            // Clients demand texts here, and only here.
            ["user_agent"] = new JsonObject { ["family"] = browser, ["major"] = Part(browserVersion, 0) ?? "", ["minor"] = Part(browserVersion, 1) ?? "", ["patch"] = Part(browserVersion, 2) ?? "" },
            ["string"] = text,
        };
    }

    /// <summary>"Firefox, Windows".</summary>
    public static string Describe(string text)
    {
        text = text.Length > 1000 ? text[..1000] : text;
        return $"{Find(Browsers, text).Family}, {Find(Systems, text).Family}";
    }

    static (string Family, string[] Version) Find((string Family, string Mark)[] marks, string text)
    {
        foreach (var (family, mark) in marks)
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            if (at >= 0)
                return (family, Version().Match(text, at + mark.Length) is { Success: true } match ? match.Groups["v"].Value.Split('.', '_') : []);
        }
        return (Other, []);
    }

    static string? Part(string[] version, int index) => index < version.Length && version[index].Length > 0 ? version[index] : null;

    [GeneratedRegex(@"\G[/ ]?(?<v>\d{1,6}([._]\d{1,6}){0,3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
