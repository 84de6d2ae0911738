using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Every kind of stage the product has, met with answers that are right nowhere: none leads further than opening the page does. A new kind fails here until it has a recipe.</summary>
public sealed class StageKindsTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Beyond = "This lies beyond the stage.";

    /// <summary>How to make a stage of each kind that has something to ask, or nothing.</summary>
    static readonly Dictionary<string, string> recipes = new(StringComparer.Ordinal)
    {
        ["authentik_stages_account_lockdown.accountlockdownstage"] = "{}",
        ["authentik_stages_authenticator_email.authenticatoremailstage"] = """{"use_global_settings":true}""",
        ["authentik_stages_authenticator_sms.authenticatorsmsstage"] = """{"provider":"generic","from_number":"+100","account_sid":"http://127.0.0.1:1/","auth":"x"}""",
        ["authentik_stages_authenticator_static.authenticatorstaticstage"] = "{}",
        ["authentik_stages_authenticator_totp.authenticatortotpstage"] = "{}",
        ["authentik_stages_authenticator_validate.authenticatorvalidatestage"] = """{"not_configured_action":"deny"}""",
        ["authentik_stages_authenticator_webauthn.authenticatorwebauthnstage"] = "{}",
        ["authentik_stages_captcha.captchastage"] = """{"public_key":"x","private_key":"y","api_url":"http://127.0.0.1:1/"}""",
        ["authentik_stages_consent.consentstage"] = """{"mode":"always_require"}""",
        ["authentik_stages_deny.denystage"] = "{}",
        ["authentik_stages_dummy.dummystage"] = "{}",
        ["authentik_stages_email.emailstage"] = """{"use_global_settings":true}""",
        ["authentik_stages_identification.identificationstage"] = """{"user_fields":["username"],"pretend_user_exists":false}""",
        ["authentik_stages_invitation.invitationstage"] = "{}",
        ["authentik_stages_password.passwordstage"] = """{"backends":["authentik.core.auth.InbuiltBackend"]}""",
        ["authentik_stages_prompt.promptstage"] = "{}",
        ["authentik_stages_redirect.redirectstage"] = """{"mode":"static","target_static":"/elsewhere"}""",
        ["authentik_stages_user_delete.userdeletestage"] = "{}",
        ["authentik_stages_user_login.userloginstage"] = """{"remember_me_offset":"days=1"}""",
        ["authentik_stages_user_logout.userlogoutstage"] = "{}",
        ["authentik_stages_user_write.userwritestage"] = """{"user_creation_mode":"never_create"}""",
    };

    /// <summary>Stages that ask for no more than a press of the button: any answer is one.</summary>
    static readonly HashSet<string> buttons = ["authentik_stages_dummy.dummystage", "authentik_stages_authenticator_static.authenticatorstaticstage", "authentik_stages_user_login.userloginstage"];

    readonly TestServer server = mfa.Server;

    [Fact]
    public async Task No_hostile_answer_leads_past_a_stage_of_any_kind()
    {
        var kinds = StageKind.Kind.Family.Where(k => k.Path is not null).OrderBy(k => k.Name, StringComparer.Ordinal).ToList();
        kinds.Select(k => k.Name).ShouldBe(recipes.Keys.Order(StringComparer.Ordinal));
        foreach (var kind in kinds.Where(k => !buttons.Contains(k.Name)))
            await TryAsync(kind);
    }

    async Task TryAsync(ModelKind kind)
    {
        var flow = await FlowAsync(kind);
        using var browser = await SomebodyAsync();
        foreach (var (name, answer) in HostilePostsTests.Answers)
        {
            var what = $"{kind.Name}: {name}";
            await browser.CancelAsync();
            // Answered before it was asked, asked, answered, and answered once more.
            var unasked = await browser.AnswerAsync(flow, answer.DeepClone().AsObject());
            var opened = await ReachAsync(browser, kind, flow);
            var first = await browser.AnswerAsync(flow, answer.DeepClone().AsObject());
            var second = await browser.AnswerAsync(flow, answer.DeepClone().AsObject());
            if (!opened.ToJsonString().Contains(Beyond, StringComparison.Ordinal))
                new[] { unasked, first, second }.ShouldAllBe(step => !step.ToJsonString().Contains(Beyond, StringComparison.Ordinal), what);
            // Some have nothing to ask: they refuse, or lead on by themselves.
            if (opened.Component() is not ("ak-stage-access-denied" or "xak-flow-redirect"))
                new[] { first, second }.ShouldAllBe(step => step.Component() == opened.Component() || step.Component() == "ak-stage-access-denied" || step.Component() == "ak-stage-identification", what);
        }
    }

    /// <summary>Opens the flow; a mail needs somebody it is for.</summary>
    static async Task<JsonObject> ReachAsync(Visitor browser, ModelKind kind, string flow)
    {
        var opened = await browser.ShowAsync(flow);
        return kind.Model is "emailstage" && opened.Component() is "ak-stage-identification" ? await browser.AnswerAsync(flow, new JsonObject { ["uid_field"] = "nobody-in-particular" }) : opened;
    }

    /// <summary>A flow of the stage and of one that tells that it was passed.</summary>
    async Task<string> FlowAsync(ModelKind kind)
    {
        var slug = $"hostile-{kind.Model}";
        var flow = await MakeAsync("flows/instances/", new JsonObject { ["name"] = slug, ["slug"] = slug, ["title"] = "x", ["designation"] = "stage_configuration" });
        var fields = JsonNode.Parse(recipes[kind.Name])!.AsObject();
        fields["name"] = slug;
        if (kind.Model is "promptstage")
            fields["fields"] = new JsonArray(await MakeAsync("stages/prompt/prompts/", new JsonObject { ["name"] = slug, ["field_key"] = "pet", ["label"] = "Pet", ["type"] = "text", ["required"] = true }));
        var stages = new List<string>();
        if (kind.Model is "emailstage")
            stages.Add(await MakeAsync("stages/identification/", new JsonObject { ["name"] = $"{slug}-who", ["user_fields"] = new JsonArray("username") }));
        stages.AddRange([await MakeAsync($"{kind.Path}/", fields), await MakeAsync("stages/deny/", new JsonObject { ["name"] = $"{slug}-beyond", ["deny_message"] = Beyond })]);
        foreach (var (stage, order) in stages.Select((s, i) => (s, i)))
            await MakeAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = order });
        return slug;
    }

    async Task<string> MakeAsync(string path, JsonObject body)
    {
        var made = await mfa.Admin.CallAsync("POST", path, body.ToJsonString());
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Text);
        return made.Json["pk"]!.ToString();
    }

    /// <summary>Somebody signed in, who has an authenticator app.</summary>
    async Task<Visitor> SomebodyAsync()
    {
        var username = $"someone-{Guid.NewGuid():N}";
        await mfa.AddTotpAsync(await mfa.AddPersonAsync(username));
        var browser = new Visitor(server);
        await browser.SignInAsync(username);
        (await browser.AnswerAsync(MfaServer.SignIn, new JsonObject { ["code"] = mfa.CodeAt() })).Component().ShouldBe("xak-flow-redirect");
        return browser;
    }
}
