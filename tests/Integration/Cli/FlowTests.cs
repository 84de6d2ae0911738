namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern flow</c>: flows are listed, and tried without running them.</summary>
public sealed class FlowTests(CliFixture cli) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task Flows_are_listed() =>
        (await cli.RunAsync("flow", "list", "--search", "authentication")).Done().Output.Split('\n').ShouldContain(line => line.StartsWith("default-authentication-flow\tauthentication\t", StringComparison.Ordinal));

    [Fact]
    public async Task A_flow_is_simulated_for_a_user_and_an_address_and_nothing_is_written()
    {
        var before = await cli.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event");
        var shown = (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "--user", "akadmin", "--address", "203.0.113.7")).Done().Output.Split('\n');
        shown[0].ShouldBe("10\treached\tdefault-authentication-identification\tIdentification Stage");
        shown.ShouldContain(line => line.Contains("default-authentication-login", StringComparison.Ordinal));

        var told = (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "-o", "json")).Done().Json;
        told["passing"]!.GetValue<bool>().ShouldBeTrue();
        told["stages"]!.AsArray()[0]!["fate"]!.ToString().ShouldBe("reached");
        (await cli.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event")).ShouldBe(before);
    }

    [Fact]
    public async Task A_flow_that_does_not_apply_says_why() =>
        (await cli.RunAsync("flow", "simulate", "default-user-settings-flow")).Done().Output.ShouldStartWith("The flow does not apply: ");

    [Fact]
    public async Task Wrong_words_are_refused()
    {
        (await cli.RunAsync("flow", "simulate", "no-such-flow")).Refused("No Flow matches the given query.");
        (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "--user", "nobody-of-this-name")).Refused("There is no user nobody-of-this-name.");
        (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "--signed-in")).Refused("user: Choose who is signed in.");
        (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "--context", "/no/such/file")).Refused("/no/such/file holds no JSON object.");
        (await cli.RunAsync("flow", "simulate", "default-authentication-flow", "--address", "somewhere")).WrongUse("somewhere is no IP address.");
    }
}
