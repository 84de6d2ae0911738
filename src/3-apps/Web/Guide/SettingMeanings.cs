using System.Text.RegularExpressions;

namespace Postern.Web.Guide;

/// <summary>What the guide's page of settings says of each of them.</summary>
public static partial class SettingMeanings
{
    static readonly Lazy<Dictionary<string, string>> all = new(Read);

    /// <summary>The sentence of a setting, by its name without prefix; null when the page does not name it.</summary>
    public static string? Of(string name) => all.Value.GetValueOrDefault(name);

    static Dictionary<string, string> Read()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cells in GuideBook.Text("configuration").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            foreach (Match name in Name().Matches(cells[1]))
                found[name.Groups["name"].Value] = Link().Replace(cells[3], "${text}").Replace("`", "", StringComparison.Ordinal);
        }
        return found;
    }

    [GeneratedRegex("`(?<name>[A-Z0-9_]+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
