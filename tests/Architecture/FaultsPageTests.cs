using System.Text.RegularExpressions;

namespace Postern.Tests.Architecture;

/// <summary>docs/faults.md names the tests of each fault, which say so by their trait.</summary>
public sealed partial class FaultsPageTests
{
    [Fact]
    public void It_names_the_tests_that_have_the_trait_and_no_others()
    {
        var tagged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in System.IO.Directory.GetFiles(Path.Combine(SecurityPageTests.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal) && !f.Contains("/Architecture/", StringComparison.Ordinal)).Select(File.ReadAllText))
        {
            foreach (Match trait in Trait().Matches(source))
                tagged.Add($"{trait.Groups["fault"].Value} {Class().Match(source).Groups["name"].Value}");
        }
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(SecurityPageTests.Root, "docs/faults.md"))))
        {
            foreach (Match test in Test().Matches(row.Groups["rest"].Value))
                named.Add($"{row.Groups["fault"].Value} {test.Groups["name"].Value}");
        }
        named.Count.ShouldBeGreaterThan(60);
        named.Order(StringComparer.Ordinal).ShouldBe(tagged.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[Trait\(""Fault"", ""(?<fault>F\d+)""\)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trait();

    [GeneratedRegex(@"^public (sealed |partial |abstract )*class (?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Class();

    [GeneratedRegex(@"^\| (?<fault>F\d+) \|(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*Tests|(CVE|GHSA)_\w+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Test();
}
