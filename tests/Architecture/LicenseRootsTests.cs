using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Postern.Tests.Architecture;

/// <summary>Which authorities a build trusts is settled when it is built: the development one, whose key anybody can read, is in no release.</summary>
public sealed class LicenseRootsTests
{
    [Theory]
    [InlineData("Debug", "development/authority.pem")]
    [InlineData("Release", "roots/vendor.root.pem")]
    public async Task A_release_carries_its_vendors_roots_alone(string configuration, params string[] names) =>
        (await BuiltInAsync(configuration, configuration is "Release" ? ["-p:LicenseRoots=vendor.root.pem"] : [])).ShouldBe(names);

    static async Task<IReadOnlyList<string>> BuiltInAsync(string configuration, params string[] properties)
    {
        var project = Path.Combine(SecurityPageTests.Root, "src/0-ground/Licensing/Licensing.csproj");
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-getItem:EmbeddedResource", $"-p:Configuration={configuration}", .. properties]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        build.ExitCode.ShouldBe(0, text);
        return [.. JsonNode.Parse(text)!["Items"]!["EmbeddedResource"]!.AsArray().Select(i => i!["LogicalName"]!.ToString())];
    }
}
