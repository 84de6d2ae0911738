namespace Postern.Web.User.Settings;

/// <summary>A user-agent text in a few words, for people's eyes only.</summary>
static class BrowserName
{
    static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")];

    static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string agent)
    {
        var browser = Find(Browsers, agent);
        var system = Find(Systems, agent);
        return (browser, system) switch
        {
            (null, null) => "Unknown browser",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    static string? Find((string Mark, string Name)[] marks, string agent)
    {
        foreach (var (mark, name) in marks)
        {
            if (agent.Contains(mark, StringComparison.Ordinal))
                return name;
        }
        return null;
    }
}
