using System.Globalization;
using Postern.Cli;
using Postern.Cli.Blueprints;
using Postern.Cli.Groups;
using Postern.Cli.Licenses;
using Postern.Cli.Users;
using Postern.Tests.Integration.Api.Enterprise;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern license install|list|status|simulate</c> against an installation.</summary>
public sealed class LicenseTests(CliFixture cli) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task A_key_is_installed_and_its_end_seen_ahead()
    {
        var id = (await cli.RunAsync("license", "status", "-o", "json")).Done().Json["install_id"]!.ToString();
        (await cli.RunAsync("license", "status")).Done().Output.ShouldContain("status\tunlicensed");
        var key = (await cli.RunAsync("license", "sign", "--install-id", id, "--name", "Office", "--internal-users", "100", "--external-users", "20", "--days", "30")).Done().Output;
        (await cli.RunWithAsync(key, "license", "install")).Done().Output.ShouldStartWith("Office: 100 internal, 20 external users, until ");

        (await cli.RunAsync("license", "list")).Done().Output.ShouldContain("\tOffice\t100\t20\t");
        (await cli.RunAsync("license", "list", "--output", "json")).Done().Json[0]!.AsObject().ContainsKey("key").ShouldBeFalse();
        (await cli.RunAsync("license", "status")).Done().Output.ShouldContain("internal_users\t1 of 100");
        (await cli.RunAsync("license", "simulate", "--at", Day(20))).Done().Output.ShouldContain("status\texpiry_soon");
        var broken = await cli.RunAsync("license", "simulate", "--at", Day(90));
        (broken.Code, broken.Output.Contains("status\tread_only", StringComparison.Ordinal), broken.Output.Contains("reasons\texpired", StringComparison.Ordinal)).ShouldBe((1, true, true), broken.Output);

        (await cli.RunWithAsync(key, "license", "install")).Refused("key: ");
        (await cli.RunWithAsync("nonsense", "license", "install")).Refused("key: ");
        (await cli.RunWithAsync("", "license", "install")).Refused("No License key was given.");
        (await cli.RunAsync("license", "simulate", "--at", "someday")).WrongUse("someday is no day");
        (await cli.RunAsync("license", "simulate")).WrongUse("--at");
    }

    [Fact]
    public async Task A_read_only_installation_refuses_what_adds_and_takes_what_mends()
    {
        await using var server = await LicenseServer.StartAsync();
        (await server.InstallAsync(server.Key(days: 1))).EnsureSuccessStatusCode();
        server.Server.Clock.Advance(TimeSpan.FromDays(100));
        (await RunAsync(UserCommand.Create, "create", "late")).ShouldBe(Exit.Refused);
        (await RunAsync(GroupCommand.Create, "create", "Late")).ShouldBe(Exit.Refused);
        (await RunAsync(BlueprintCommand.Create, "apply", "example/flows-invitation-enrollment.yaml")).ShouldBe(Exit.Refused);
        // A plan says what applying would meet.
        (await RunAsync(BlueprintCommand.Create, "plan", "example/flows-invitation-enrollment.yaml")).ShouldBe(Exit.Refused);
        (await RunAsync(UserCommand.Create, "deactivate", "akadmin")).ShouldBe(Exit.Done);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, server.Key(), TestContext.Current.CancellationToken);
        (await RunAsync(inside => LicenseCommand.Create(inside, server.Server.Clock), "install", "--key-file", file)).ShouldBe(Exit.Done);
        File.Delete(file);
        (await RunAsync(UserCommand.Create, "create", "late")).ShouldBe(Exit.Done);

        // In this process, whose clock goes as the test says.
        async Task<int> RunAsync(Func<Inside, System.CommandLine.Command> verb, params string[] arguments)
        {
            using var console = CallConsole.Open("");
            return await verb((work, _) => server.Server.InScopeAsync(work)).Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    static string Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
