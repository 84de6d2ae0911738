using System.Text.RegularExpressions;

namespace Postern.Tests.Architecture;

/// <summary>docs/security.md names the test of each defence: what it names is there, and no advisory's test is left out.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_it_names_exists()
    {
        var named = Named();
        named.Count.ShouldBeGreaterThan(100);
        var sources = Sources();
        named.Where(name => !Exists(name, sources)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_advisory_is_on_it()
    {
        var advisories = System.IO.Directory.GetFiles(Path.Combine(Root, "tests/Integration/Advisories"), "*_*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        advisories.Count.ShouldBeGreaterThan(40);
        advisories.Except(Named()).ShouldBeEmpty();
    }

    static bool Exists(string name, IReadOnlyList<string> sources)
    {
        var parts = name.Split('.');
        var classes = sources.Where(s => Regex.IsMatch(s, $@"\bclass {parts[0]}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return parts.Length == 1 ? classes.Any() : classes.Any(s => s.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    static List<string> Named() =>
        [.. Name().Matches(File.ReadAllText(Path.Combine(Root, "docs/security.md"))).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    static List<string> Sources() =>
        [.. System.IO.Directory.GetFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal)).Select(File.ReadAllText)];

    internal static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Postern.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository");
            return folder;
        }
    }

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*Tests(?:\.[A-Za-z0-9_]+)?|(?:CVE|GHSA)_[A-Za-z0-9_]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
