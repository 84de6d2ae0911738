using System.Text.Json.Nodes;
using System.Web;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Authenticator apps: set up in the shipped flow, then asked for at sign-in.</summary>
public sealed class TotpTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Setup = "default-authenticator-totp-setup";
    const string WrongCode = "Invalid Token. Please ensure the time on your device is accurate and try again.";

    readonly TestServer server = mfa.Server;

    [Fact]
    public async Task An_app_is_set_up_and_then_asked_for()
    {
        await mfa.AddPersonAsync("totp-anna");
        using var anna = new Visitor(server);
        (await anna.SignInAsync("totp-anna")).Component().ShouldBe("xak-flow-redirect");

        var challenge = await anna.ShowAsync(Setup);
        challenge.Component().ShouldBe("ak-stage-authenticator-totp");
        var url = new Uri(challenge["config_url"]!.ToString());
        url.AbsolutePath.ShouldBe("/Postern:totp-anna");
        var query = HttpUtility.ParseQueryString(url.Query);
        (query["digits"], query["period"], query["algorithm"], query["issuer"]).ShouldBe(("6", "30", "SHA1", "Postern"));
        (await anna.ShowAsync(Setup))["config_url"]!.ToString().ShouldBe(challenge["config_url"]!.ToString());
        (await anna.AnswerAsync(Setup, new JsonObject { ["code"] = "000000" })).Error("code").ShouldBe("Code does not match");
        var seed = FromBase32(query["secret"]!);
        (await anna.AnswerAsync(Setup, new JsonObject { ["code"] = Code(seed) })).Component().ShouldBe("xak-flow-redirect");

        using var again = new Visitor(server);
        var asked = await again.SignInAsync("totp-anna");
        asked.Component().ShouldBe("ak-stage-authenticator-validate");
        asked["device_challenges"]!.AsArray().Select(c => c!["device_class"]!.ToString()).ShouldBe(["totp"]);
        (await again.WhoAsync()).ShouldBeNull();
        // The code that set it up is used.
        (await again.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = Code(seed) })).Error("code").ShouldBe(WrongCode);
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        (await again.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = Code(seed) })).Component().ShouldBe("xak-flow-redirect");
        (await again.WhoAsync()).ShouldBe("totp-anna");
    }

    [Trait("Fault", "F7")]
    [Fact]
    public async Task Of_a_hundred_equal_codes_at_once_one_signs_in()
    {
        var user = await mfa.AddPersonAsync("totp-racer");
        await mfa.AddTotpAsync(user);
        var browsers = Enumerable.Range(0, 100).Select(_ => new Visitor(server)).ToList();
        await Parallel.ForEachAsync(browsers, TestContext.Current.CancellationToken, async (b, _) => await b.SignInAsync("totp-racer"));

        var ends = await Task.WhenAll(browsers.Select(b => b.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })));

        ends.Count(e => e.Component() is "xak-flow-redirect").ShouldBe(1);
        Figures.Tell("F7", "100 people with one code of an authenticator app at once, 1 is signed in");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(1);
        browsers.ForEach(b => b.Dispose());
    }

    [Trait("Fault", "F14")]
    [Fact]
    public async Task Wrong_codes_make_the_next_one_wait_even_the_right_one()
    {
        var user = await mfa.AddPersonAsync("totp-guesser");
        await mfa.AddTotpAsync(user);
        using var browser = new Visitor(server);
        await browser.SignInAsync("totp-guesser");
        for (var i = 0; i < 6; i++)
            await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = "000000" });

        (await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Error("code").ShouldBe(WrongCode);

        // One failure was counted: while it waits, nothing is compared and nothing counted.
        (await server.Database.ScalarAsync<int>($"SELECT failures FROM totp_device WHERE user_pk = {user.Pk}")).ShouldBe(1);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("xak-flow-redirect");
        (await server.Database.ScalarAsync<int>($"SELECT failures FROM totp_device WHERE user_pk = {user.Pk}")).ShouldBe(0);
    }

    [Fact]
    public async Task The_seed_is_sealed_in_the_database()
    {
        var user = await mfa.AddPersonAsync("totp-sealed");
        var device = await mfa.AddTotpAsync(user);
        device.Seed.ShouldNotContain("seed");
        (await server.Database.ScalarAsync<string>($"SELECT seed FROM totp_device WHERE user_pk = {user.Pk}")).ShouldBe(device.Seed);
    }

    string Code(byte[] seed) => Postern.Authenticators.Totp.TotpCode.At(seed, Postern.Authenticators.Totp.TotpCode.StepAt(server.Clock.GetUtcNow()), 6);

    static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
