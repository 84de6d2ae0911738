using System.Text.RegularExpressions;

namespace Postern.Tests.Architecture;

/// <summary>Migrations only expand, so that the program of the release before goes on running on their schema (docs/guide/operations.md).</summary>
public sealed partial class MigrationRulesTests
{
    /// <summary>Of the time before the first release, when there was no program before. This list only gets shorter.</summary>
    static readonly string[] free = ["20261130T1150_outbox.sql", "20261130T1155_session_bindings.sql"];

    [Fact]
    public void Nothing_is_dropped_renamed_or_given_another_type()
    {
        var files = System.IO.Directory.GetFiles(Path.Combine(SecurityPageTests.Root, "src"), "*.sql", SearchOption.AllDirectories).Where(f => f.Contains("/Migrations/", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(50);
        files.Where(f => Contracts().IsMatch(Comment().Replace(File.ReadAllText(f), ""))).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ShouldBe(free);
    }

    [GeneratedRegex(@"\bDROP\s+(COLUMN|TABLE|VIEW|TYPE)\b|\bRENAME\s+(TO|COLUMN)\b|\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Contracts();

    [GeneratedRegex(@"--[^\n]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
