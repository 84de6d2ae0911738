using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Stages.Email;
using Postern.Storage;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Getting back in: by oneself with a mailed link, and with the help of an administrator.</summary>
public sealed class RecoveryTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    const string Flow = "default-recovery-flow";
    const string NewPassword = "another horse battery staple";

    readonly TestServer server = mfa.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Trait("Fault", "F7")]
    [Fact]
    public async Task A_mailed_link_resets_the_password_once_in_any_browser()
    {
        await mfa.AddPersonAsync("rec-anna");
        using var first = new Visitor(server);
        (await first.ShowAsync(Flow)).Component().ShouldBe("ak-stage-identification");
        (await first.AnswerAsync(Flow, new JsonObject { ["uid_field"] = "rec-anna" })).Component().ShouldBe("ak-stage-email");
        await mfa.WorkAsync();
        var query = LinkIn(mfa.Mail.LastTo("rec-anna@example.org").Text);

        using var other = new Visitor(server);
        using var late = new Visitor(server);
        (await late.ShowAsync(Flow, query)).Component().ShouldBe("ak-stage-consent");
        (await ConfirmAsync(other, query)).Component().ShouldBe("ak-stage-prompt");
        (await other.AnswerAsync(Flow, new JsonObject { ["password"] = NewPassword, ["password_repeat"] = NewPassword }, query)).Component().ShouldBe("xak-flow-redirect");

        (await other.WhoAsync()).ShouldBe("rec-anna");
        var used = await late.ShowAsync(Flow, query);
        (await late.AnswerAsync(Flow, new JsonObject { ["token"] = used["token"]!.ToString() }, query))["error_message"]!.ToString().ShouldBe("Link was already used, please request a new link.");
        using var third = new Visitor(server);
        (await third.ShowAsync(Flow, query)).Component().ShouldBe("ak-stage-access-denied");
        (await third.SignInAsync("rec-anna", password: NewPassword)).Component().ShouldBe("xak-flow-redirect");
    }

    [Trait("Fault", "F7")]
    [Fact]
    public async Task Of_a_hundred_people_who_follow_one_link_at_once_one_sets_the_password()
    {
        var user = await mfa.AddPersonAsync("rec-raced");
        var link = await AdminLinkAsync(user.Pk, """{"token_duration":"minutes=10"}""");
        var browsers = Enumerable.Range(0, 100).Select(_ => new Visitor(server)).ToList();

        var ends = await Task.WhenAll(browsers.Select(async b => (await b.ShowAsync(Flow, link))["token"]?.ToString() is { } token ? await b.AnswerAsync(Flow, new JsonObject { ["token"] = token }, link) : null));

        var winner = browsers[Array.FindIndex(ends, e => e?.Component() is "ak-stage-prompt")];
        var prompts = ends.Count(e => e?.Component() is "ak-stage-prompt");
        Figures.Tell("F7", $"100 people followed one recovery link at once, {prompts} was asked for the new password", acknowledged: 1, usedTwice: prompts - 1);
        prompts.ShouldBe(1);
        (await winner.AnswerAsync(Flow, new JsonObject { ["password"] = NewPassword, ["password_repeat"] = NewPassword }, link)).Component().ShouldBe("xak-flow-redirect");
        using var owner = new Visitor(server);
        (await owner.SignInAsync("rec-raced", password: NewPassword)).Component().ShouldBe("xak-flow-redirect");
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Known_and_unknown_people_are_answered_alike_and_only_one_gets_mail()
    {
        await mfa.AddPersonAsync("rec-known");
        using var known = new Visitor(server);
        using var unknown = new Visitor(server);
        await known.ShowAsync(Flow);
        await unknown.ShowAsync(Flow);

        var a = await known.AnswerAsync(Flow, new JsonObject { ["uid_field"] = "rec-known" });
        var b = await unknown.AnswerAsync(Flow, new JsonObject { ["uid_field"] = "rec-nobody" });

        a.ToJsonString().ShouldBe(b.ToJsonString());
        await mfa.WorkAsync();
        mfa.Mail.Mails.ShouldContain(m => m.To.Contains("rec-known@example.org"));
        mfa.Mail.Mails.ShouldNotContain(m => m.To.Any(t => t.Contains("nobody", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_before_the_password_is_changed()
    {
        var user = await mfa.AddPersonAsync("rec-mfa");
        await mfa.AddTotpAsync(user);
        var query = await AdminLinkAsync(user.Pk, """{"token_duration":"minutes=10"}""");
        using var browser = new Visitor(server);

        (await ConfirmAsync(browser, query)).Component().ShouldBe("ak-stage-authenticator-validate");
        (await browser.AnswerAsync(Flow, new JsonObject { ["password"] = NewPassword, ["password_repeat"] = NewPassword }, query)).Component().ShouldBe("ak-stage-authenticator-validate");
        (await browser.AnswerAsync(Flow, new JsonObject { ["code"] = mfa.CodeAt() }, query)).Component().ShouldBe("ak-stage-prompt");
    }

    [Fact]
    public async Task An_administrators_link_ends_at_its_time_and_a_new_one_ends_the_one_before()
    {
        var user = await mfa.AddPersonAsync("rec-admin");
        var first = await AdminLinkAsync(user.Pk, """{"token_duration":"minutes=10"}""");
        var second = await AdminLinkAsync(user.Pk, """{"token_duration":"minutes=10"}""");
        using var browser = new Visitor(server);
        (await browser.ShowAsync(Flow, first)).Component().ShouldBe("ak-stage-access-denied");
        (await browser.ShowAsync(Flow, second)).Component().ShouldBe("ak-stage-consent");

        server.Clock.Advance(TimeSpan.FromMinutes(10));

        using var late = new Visitor(server);
        (await late.ShowAsync(Flow, second))["error_message"]!.ToString().ShouldBe("This link is invalid or has expired. Please request a new one.");
    }

    [Trait("Fault", "F27")]
    [Fact]
    public async Task Opening_a_link_any_number_of_times_uses_nothing_up()
    {
        var user = await mfa.AddPersonAsync("rec-scanned");
        var query = await AdminLinkAsync(user.Pk, "{}");
        for (var i = 0; i < 5; i++)
        {
            using var scanner = new Visitor(server);
            await scanner.ShowAsync(Flow, query);
            await scanner.Http.GetAsync($"/if/flow/{Flow}/?{query}", Cancellation);
            using var head = new HttpRequestMessage(HttpMethod.Head, $"/if/flow/{Flow}/?{query}");
            await scanner.Http.SendAsync(head, Cancellation);
        }
        using var person = new Visitor(server);
        (await ConfirmAsync(person, query)).Component().ShouldBe("ak-stage-prompt");
    }

    [Fact]
    public async Task An_administrator_has_the_link_mailed_by_a_stage()
    {
        var user = await mfa.AddPersonAsync("rec-mailed");
        var stage = await server.InScopeAsync(s => s.GetRequiredService<PosternDb>().Set<Stage>().SingleAsync(x => x.Name == "default-recovery-email"));
        var answer = await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery_email/", $$"""{"email_stage":"{{stage.Pk}}"}""");
        answer.Status.ShouldBe(HttpStatusCode.NoContent, answer.Text);
        await mfa.WorkAsync();
        var mail = mfa.Mail.LastTo("rec-mailed@example.org");
        mail.Subject.ShouldBe("Reset your password");
        using var browser = new Visitor(server);
        (await ConfirmAsync(browser, LinkIn(mail.Text))).Component().ShouldBe("ak-stage-prompt");

        (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery_email/", $$"""{"email_stage":"{{Guid.NewGuid()}}"}""")).Text.ShouldContain("Email stage not found.");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET email = '' WHERE pk = {user.Pk}");
        (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery_email/", $$"""{"email_stage":"{{stage.Pk}}"}""")).Text.ShouldContain("User does not have an email address set.");
    }

    [Fact]
    public async Task Who_may_not_reset_passwords_gets_no_link_and_nobody_gets_one_for_their_betters()
    {
        var user = await mfa.AddPersonAsync("rec-rights");
        using var viewer = await server.WithRightsAsync("authentik_core.view_user");
        (await viewer.CallAsync("POST", $"core/users/{user.Pk}/recovery/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var helper = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.reset_user_password");
        (await helper.CallAsync("POST", $"core/users/{user.Pk}/recovery/", "{}")).Status.ShouldBe(HttpStatusCode.OK);
        var root = await server.AddSuperuserAsync("rec-root");
        (await helper.CallAsync("POST", $"core/users/{root.Pk}/recovery/", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await helper.CallAsync("POST", $"core/users/{user.Pk}/recovery/", """{"token_duration":"soon"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_a_flow_that_takes_the_person_there_is_no_link_and_the_usual_time_is_the_settings()
    {
        var user = await mfa.AddPersonAsync("rec-flowless");
        (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery/", """{"token_duration":"soon"}""")).ToString().ShouldBe("""400 {"token_duration":["soon is not in the correct format of 'hours=3;minutes=1'."]}""");
        await AdminLinkAsync(user.Pk, "{}");
        var uid = (await mfa.Admin.GetApiAsync($"core/users/{user.Pk}/")).Json["uid"]!.ToString();
        (await server.Database.ScalarAsync<DateTime>($"SELECT expires FROM flow_token WHERE identifier = '{uid}-password-reset'")).ShouldBe(server.Clock.GetUtcNow().AddDays(1).UtcDateTime, TimeSpan.FromSeconds(1));

        var brand = (await mfa.Admin.GetApiAsync("core/brands/?default=true")).Json["results"]![0]!;
        async Task<string> WithFlowAsync(string flow)
        {
            (await mfa.Admin.CallAsync("PATCH", $"core/brands/{brand["brand_uuid"]}/", $$"""{"flow_recovery":{{flow}}}""")).Status.ShouldBe(HttpStatusCode.OK);
            return (await mfa.Admin.CallAsync("POST", $"core/users/{user.Pk}/recovery/", "{}")).ToString();
        }

        try
        {
            (await WithFlowAsync("null")).ShouldBe("""400 {"non_field_errors":["No recovery flow set."]}""");
            var closed = await mfa.Admin.CallAsync("POST", "flows/instances/", """{"name":"closed","slug":"closed","title":"x","designation":"recovery","authentication":"require_superuser"}""");
            (await WithFlowAsync($"\"{closed.Json["pk"]}\"")).ShouldBe("""400 {"non_field_errors":["Recovery flow not applicable to user"]}""");
        }
        finally
        {
            (await WithFlowAsync($"\"{brand["flow_recovery"]}\"")).ShouldStartWith("200 ");
        }
    }

    async Task<string> AdminLinkAsync(int user, string body)
    {
        var answer = await mfa.Admin.CallAsync("POST", $"core/users/{user}/recovery/", body);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json["link"]!.ToString().ShouldStartWith($"{server.Address}if/flow/{Flow}/?flow_token=");
        return LinkIn(answer.Json["link"]!.ToString());
    }

    static async Task<JsonObject> ConfirmAsync(Visitor browser, string query)
    {
        var asked = await browser.ShowAsync(Flow, query);
        asked.Component().ShouldBe("ak-stage-consent");
        return await browser.AnswerAsync(Flow, new JsonObject { ["token"] = asked["token"]!.ToString() }, query);
    }

    static string LinkIn(string text) => Regex.Match(text, @"flow_token=\w+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
}
