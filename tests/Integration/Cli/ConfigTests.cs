using Postern.Kernel.Settings;
using Postern.Web.Guide;

namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern config</c> and <c>dump_config</c>.</summary>
[Trait("Guide", "configuration")]
public sealed class ConfigTests
{
    [Theory]
    [InlineData("config", "show")]
    [InlineData("dump_config")]
    public async Task Settings_are_shown_with_where_they_come_from_and_secrets_as_stars(params string[] verb)
    {
        var shown = (await CliFixture.RunAsync("", verb, ("AUTHENTIK_EMAIL__PORT", "587"), ("POSTERN_SECRET_KEY", "not for anybody's eyes"), ("POSTERN_POSTGRESQL__URL", "postgres://me:hush@db/id"))).Done();
        shown.Output.Split('\n').ShouldContain("EMAIL__PORT\t587\tAUTHENTIK_EMAIL__PORT");
        shown.Output.Split('\n').ShouldContain("SECRET_KEY\t***\tPOSTERN_SECRET_KEY");
        shown.Output.Split('\n').ShouldContain("EMAIL__HOST\tlocalhost\t");
        shown.Output.ShouldNotContain("hush");
        shown.Output.ShouldNotContain("anybody");
        (await CliFixture.RunAsync("", [.. verb, "-o", "json"])).Done().Json.AsArray().Count.ShouldBeGreaterThan(30);
        (await CliFixture.RunAsync("", verb, ("POSTERN_EMAIL__PORT", "many"), ("POSTERN_EMAIL__HOTS", "x"))).WrongUse("POSTERN_EMAIL__HOTS: There is no such setting.");
    }

    [Fact]
    public async Task A_setting_is_explained()
    {
        var explained = (await CliFixture.RunAsync("", ["config", "explain", "POSTERN_LOG_LEVEL"], ("POSTERN_LOG_LEVEL", "debug"))).Done().Output;
        explained.ShouldStartWith("POSTERN_LOG_LEVEL: ");
        explained.ShouldContain("May be: trace, debug, info, warning, error.");
        explained.ShouldContain("Standard: info.");
        explained.ShouldContain("Set by POSTERN_LOG_LEVEL: debug");
        (await CliFixture.RunAsync("", ["config", "explain", "email__port"])).Done().Output.ShouldContain("Not set.");
        (await CliFixture.RunAsync("", ["config", "explain", "EMAIL__HOTS"])).Refused("The nearest is EMAIL__HOST.");
    }

    [Fact]
    public void Every_setting_stands_in_the_guide() =>
        ReadSettings.States(new Dictionary<string, string>(StringComparer.Ordinal), _ => null).Select(s => s.Use.Name).Where(name => SettingMeanings.Of(name) is null).ShouldBeEmpty("docs/guide/configuration.md has no row for them");
}
