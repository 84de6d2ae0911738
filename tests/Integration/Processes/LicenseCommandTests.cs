using System.Diagnostics;

namespace Postern.Tests.Integration.Processes;

/// <summary>The vendor's verbs of the program.</summary>
public sealed class LicenseCommandTests : IDisposable
{
    const string InstallId = "6f1d2c3b-4a59-4e68-9777-0123456789ab";

    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-license-");

    string Authority => Path.Combine(folder.FullName, "vendor.pem");

    [Fact]
    public async Task A_signed_key_is_read_by_the_installation_it_is_for()
    {
        var (code, key, _) = await RunAsync("", "license", "sign", "--install-id", InstallId, "--name", "Office", "--internal-users", "100", "--external-users", "20");
        code.ShouldBe(0);

        var shown = await RunAsync(key, "license", "show", "--install-id", InstallId);
        shown.Code.ShouldBe(0);
        shown.Output.ShouldStartWith("Office: 100 internal, 20 external users, until ");
        (await RunAsync(key, "license", "show", "--install-id", Guid.NewGuid().ToString())).Errors.ShouldContain("Invalid Install ID in license");
        (await RunAsync(key + "x", "license", "show", "--install-id", InstallId)).Errors.ShouldContain("Unable to verify license");
    }

    [Fact]
    public async Task A_new_authority_is_trusted_by_no_build_that_does_not_carry_its_root()
    {
        (await RunAsync("", "license", "authority", Authority)).Code.ShouldBe(0);
        File.Exists(Path.Combine(folder.FullName, "vendor.root.pem")).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Authority).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (_, key, _) = await RunAsync("", "license", "sign", "--authority", Authority, "--install-id", InstallId, "--internal-users", "1");

        (await RunAsync(key, "license", "show", "--install-id", InstallId)).Errors.ShouldContain("Unable to verify license");
        (await RunAsync("", "license", "authority", Authority)).Errors.ShouldContain("is not written over another");
    }

    public void Dispose() => folder.Delete(recursive: true);

    static async Task<(int Code, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "postern"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
