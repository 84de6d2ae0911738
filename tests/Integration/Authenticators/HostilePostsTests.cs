using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Whatever is posted to a stage, only its right answer leads on: every row is one way to get past it that must fail.</summary>
public sealed class HostilePostsTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    static readonly string Huge = new('7', 300_000);

    /// <summary>Answers that are right nowhere.</summary>
    internal static readonly Dictionary<string, JsonObject> Answers = new(StringComparer.Ordinal)
    {
        ["empty"] = [],
        ["of another stage"] = new() { ["component"] = "ak-stage-user-login", ["remember_me"] = true },
        ["component of the end"] = new() { ["component"] = "xak-flow-redirect", ["to"] = "/" },
        ["password where a code is due"] = new() { ["password"] = MfaServer.Password },
        ["null code"] = new() { ["code"] = null },
        ["empty code"] = new() { ["code"] = "" },
        ["code as list"] = new() { ["code"] = new JsonArray("000000", "111111") },
        ["code as object"] = new() { ["code"] = new JsonObject { ["code"] = "000000" } },
        ["code as number"] = new() { ["code"] = 0 },
        ["code as truth"] = new() { ["code"] = true },
        ["huge code"] = new() { ["code"] = Huge },
        ["wrong code"] = new() { ["code"] = "000000" },
        ["unoffered device"] = new() { ["selected_challenge"] = new JsonObject { ["device_class"] = "sms", ["device_uid"] = "1" } },
        ["nobody's device"] = new() { ["selected_challenge"] = new JsonObject { ["device_class"] = "webauthn", ["device_uid"] = "-1" }, ["code"] = "000000" },
        ["device as text"] = new() { ["selected_challenge"] = "{" },
        ["stage that is not offered"] = new() { ["selected_stage"] = "00000000-0000-4000-8000-000000000000" },
        ["empty passkey"] = new() { ["webauthn"] = new JsonObject() },
        ["passkey of texts"] = new() { ["webauthn"] = new JsonObject { ["rawId"] = "AAAA", ["response"] = new JsonObject { ["clientDataJSON"] = "AAAA", ["authenticatorData"] = "AAAA", ["signature"] = "AAAA" } } },
        ["duo"] = new() { ["duo"] = 1 },
        ["registration that is none"] = new() { ["response"] = new JsonObject { ["rawId"] = "AAAA", ["response"] = new JsonObject { ["clientDataJSON"] = "e30", ["attestationObject"] = "oWNmbXRkbm9uZQ" } } },
        ["mail address that is none"] = new() { ["email"] = "nobody" },
        ["number that is none"] = new() { ["phone_number"] = "12" },
        ["huge number"] = new() { ["phone_number"] = Huge },
        ["captcha token"] = new() { ["token"] = "x" },
    };

    readonly TestServer server = mfa.Server;

    public static TheoryData<string> Names => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_second_factor_is_not_passed(string name)
    {
        var username = $"hostile-{Guid.NewGuid():N}";
        await mfa.AddTotpAsync(await mfa.AddPersonAsync(username));
        using var browser = new Visitor(server);
        await browser.SignInAsync(username);

        for (var i = 0; i < 2; i++)
        {
            var answer = await browser.AnswerAsync(MfaServer.SignIn, Answers[name].DeepClone().AsObject());
            answer.Component().ShouldBe("ak-stage-authenticator-validate");
            answer["response_errors"].ShouldNotBeNull();
        }
        (await browser.WhoAsync()).ShouldBeNull();
        (await browser.ShowAsync(MfaServer.SignIn)).Component().ShouldBe("ak-stage-authenticator-validate");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_device_is_set_up(string name)
    {
        var username = $"setup-{Guid.NewGuid():N}";
        var user = await mfa.AddPersonAsync(username);
        using var browser = new Visitor(server);
        await browser.SignInAsync(username);
        foreach (var type in new[] { "totp", "webauthn" })
        {
            var flow = $"default-authenticator-{type}-setup";
            await browser.ShowAsync(flow);
            var answer = await browser.AnswerAsync(flow, Answers[name].DeepClone().AsObject());
            answer.Component().ShouldBe($"ak-stage-authenticator-{type}");
            (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM {type}_device WHERE user_pk = {user.Pk}")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task An_answer_from_another_browser_or_out_of_turn_leads_nowhere()
    {
        await mfa.AddTotpAsync(await mfa.AddPersonAsync("out-of-turn"));
        using var stranger = new Visitor(server);
        (await stranger.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("ak-stage-identification");
        await stranger.AnswerAsync(MfaServer.SignIn, new JsonObject { ["uid_field"] = "out-of-turn" });
        // The second factor before the first.
        (await stranger.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("ak-stage-password");
        (await stranger.WhoAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_captcha_is_passed_only_by_what_its_service_says()
    {
        await using var service = await HttpStub.StartAsync(r => r.Body.Contains("response=good", StringComparison.Ordinal)
            ? """{"success":true,"score":0.9}"""
            : r.Body.Contains("response=low", StringComparison.Ordinal) ? """{"success":true,"score":0.1}""" : """{"success":false,"error-codes":["invalid-input-response"]}""");
        var flow = await mfa.Admin.CallAsync("POST", "flows/instances/", """{"name":"c","slug":"captcha-flow","title":"x","designation":"authorization"}""");
        var stage = await mfa.Admin.CallAsync("POST", "stages/captcha/", $$"""{"name":"captcha","public_key":"site","private_key":"secret","api_url":"{{service.Address}}verify"}""");
        stage.Text.ShouldNotContain("secret");
        await mfa.Admin.CallAsync("POST", "flows/bindings/", $$"""{"target":"{{flow.Json["pk"]}}","stage":"{{stage.Json["pk"]}}","order":0}""");
        using var browser = new Visitor(server);
        (await browser.ShowAsync("captcha-flow"))["site_key"]!.ToString().ShouldBe("site");
        foreach (var (name, answer) in Answers)
            (await browser.AnswerAsync("captcha-flow", answer.DeepClone().AsObject())).Component().ShouldBe("ak-stage-captcha", name);
        (await browser.AnswerAsync("captcha-flow", new JsonObject { ["token"] = "bad" })).Error("token").ShouldBe("Invalid captcha response. Retrying may solve this issue.");
        (await browser.AnswerAsync("captcha-flow", new JsonObject { ["token"] = "low" })).Error("token").ShouldBe("Invalid captcha response");

        (await browser.AnswerAsync("captcha-flow", new JsonObject { ["g-recaptcha-response"] = "good" })).Component().ShouldBe("xak-flow-redirect");
        service.Requests[^1].Body.ShouldContain("secret=secret");
    }
}
