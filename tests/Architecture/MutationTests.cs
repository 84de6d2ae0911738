namespace Postern.Tests.Architecture;

/// <summary>Every advisory's test has a way to show that it bites (<c>./dev bite</c>), and the sources still hold what that takes away.</summary>
public sealed class MutationTests
{
    static readonly string folder = Path.Combine(SecurityPageTests.Root, "tests/Mutations");

    [Fact]
    public void Every_advisory_has_one()
    {
        var tests = System.IO.Directory.GetFiles(Path.Combine(SecurityPageTests.Root, "tests/Integration/Advisories"), "*_*.cs").Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        tests.Count.ShouldBeGreaterThan(40);
        tests.Except(Names()).ShouldBeEmpty();
    }

    [Fact]
    public void What_it_replaces_is_in_the_source_once()
    {
        foreach (var name in Names())
        {
            var edits = Edits(name);
            edits.ShouldNotBeEmpty(name);
            foreach (var (file, old, replacement) in edits)
            {
                var path = Path.Combine(SecurityPageTests.Root, file);
                File.Exists(path).ShouldBeTrue($"{name}: {file}");
                (File.ReadAllText(path).Split(old).Length - 1).ShouldBe(1, $"{name}: {file}: {old}");
                replacement.ShouldNotBe(old, name);
            }
        }
    }

    [Fact]
    public void The_page_on_security_tells_what_each_takes_away()
    {
        var page = File.ReadAllLines(Path.Combine(SecurityPageTests.Root, "docs/security.md"));
        foreach (var name in Names())
            page.ShouldContain(l => l.Contains($"`{name}`", StringComparison.Ordinal) && l.Contains(File.ReadLines(Path.Combine(folder, $"{name}.txt")).First(), StringComparison.Ordinal), name);
    }

    static List<string> Names() => [.. System.IO.Directory.GetFiles(folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>As <c>tests/Mutations/bite.mjs</c> reads them: a file (@), the text to replace (-) and what replaces it (+).</summary>
    static List<(string File, string Old, string New)> Edits(string name)
    {
        var edits = new List<(string File, List<string> Old, List<string> New)>();
        foreach (var line in File.ReadLines(Path.Combine(folder, $"{name}.txt")).Skip(1))
        {
            if (line[0] == '@')
                edits.Add((line[2..], [], []));
            else
                (line[0] == '-' ? edits[^1].Old : edits[^1].New).Add(line.Length > 2 ? line[2..] : "");
        }
        return [.. edits.Select(e => (e.File, string.Join('\n', e.Old), string.Join('\n', e.New)))];
    }
}
