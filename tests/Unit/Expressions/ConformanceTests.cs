using System.Diagnostics;
using System.Text.Json;

namespace Postern.Tests.Unit.Expressions;

/// <summary>Every snippet of the corpus gives what CPython gave for it, in value or in exception type and message.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Files() => new(
        System.IO.Directory.GetFiles(Snippets.Folder, "*.txt").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Recorded(IEnumerable<string> lines) => lines.Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement).ToDictionary(
        e => e.GetProperty("id").GetString()!,
        e => e.TryGetProperty("value", out var value) ? value.GetString()! : $"{e.GetProperty("error").GetString()}: {e.GetProperty("message").GetString()}",
        StringComparer.Ordinal);

    private static Dictionary<string, string> Recorded() => Recorded(File.ReadLines(Path.Combine(Snippets.Folder, "expected.jsonl")));

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_what_CPython_gives(string file)
    {
        var expected = Recorded();
        var wrong = new List<string>();
        foreach (var (id, source) in Snippets.Of(file))
        {
            var actual = Snippets.Show(source);
            if (!string.Equals(actual, expected[id], StringComparison.Ordinal))
                wrong.Add($"{id}\n  ours:    {actual}\n  CPython: {expected[id]}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Has_at_least_six_hundred_snippets() => Recorded().Count.ShouldBeGreaterThanOrEqualTo(600);

    [Fact]
    public async Task The_record_is_what_the_installed_CPython_says()
    {
        var version = await Python("--version");
        Assert.SkipUnless(version?.StartsWith("Python 3.11", StringComparison.Ordinal) == true, "the corpus was recorded with CPython 3.11, which is not installed");
        var said = Recorded((await Python(Path.Combine(Snippets.Folder, "record.py")))!.Split('\n'));
        var recorded = Recorded();
        said.Count.ShouldBe(recorded.Count);
        foreach (var (id, value) in recorded)
            said[id].ShouldBe(value, id);
    }

    private static async Task<string?> Python(string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", argument) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
