using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>Codes, people who have an account already, and accounts that somebody must let in.</summary>
public sealed class AcceptTests(InvitationServer fixture) : IClassFixture<InvitationServer>
{
    [Fact]
    public async Task A_code_typed_in_any_way_leads_to_the_landing_page_which_uses_nothing_up()
    {
        var pk = await PkAsync(new JsonObject { ["message"] = "Welcome to the harbour" });
        var code = (await fixture.Server.Database.ScalarAsync<string>($"SELECT code FROM invitation WHERE pk = '{pk}'"))!;
        using var browser = fixture.Server.Browser();
        (await browser.GetAsync("/if/invitation/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var entered = await PostAsync(browser, "/if/invitation/", ("code", $" {code[..5].ToLowerInvariant()}-{code[5..]} "));
        entered.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        entered.Headers.Location!.ToString().ShouldBe($"/if/invitation/{pk}/");
        for (var i = 0; i < 3; i++)
        {
            var page = await browser.GetStringAsync($"/if/invitation/{pk}/");
            page.ShouldContain("invites you to");
            page.ShouldContain("Welcome to the harbour");
            page.ShouldContain($"/if/flow/{EnrolmentSteps.Slug}/?itoken={pk}");
        }
        (await fixture.ReadAsync(pk))["uses"]!.GetValue<int>().ShouldBe(0);
    }

    [Trait("Fault", "F14")]
    [Fact]
    public async Task Codes_are_not_to_be_guessed()
    {
        await using var server = new OwnServer();
        await server.Fixture.InitializeAsync();
        var pk = (await server.Fixture.InviteAsync())["pk"]!.ToString();
        var code = (await server.Fixture.Server.Database.ScalarAsync<string>($"SELECT code FROM invitation WHERE pk = '{pk}'"))!;
        using var browser = server.Fixture.Server.Browser();
        var tries = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => PostAsync(browser, "/if/invitation/", ("code", $"AAAAA{i:00000}"))));
        tries.Count(t => t.StatusCode is HttpStatusCode.UnprocessableEntity).ShouldBe(10);
        tries.Count(t => t.StatusCode is HttpStatusCode.TooManyRequests).ShouldBe(20);
        (await PostAsync(browser, "/if/invitation/", ("code", code))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        server.Fixture.Server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await PostAsync(browser, "/if/invitation/", ("code", code))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_used_code_and_a_used_link_say_so_before_anything_is_filled_in()
    {
        var pk = await PkAsync([]);
        await fixture.EnrolAsync(pk, "code-used");
        using var browser = fixture.Server.Browser();
        var page = await browser.GetAsync($"/if/invitation/{pk}/");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync()).ShouldContain("may have expired or been used");
        (await fixture.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM event WHERE action = 'invitation_used' AND context->>'invitation_uuid' = '{pk.Replace("-", "", StringComparison.Ordinal)}'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_flow_says_who_invites_whom_until_when()
    {
        var pk = await PkAsync(new JsonObject { ["recipient"] = "jane@example.com", ["message"] = "Hello Jane", ["accept_existing"] = true, ["groups"] = new JsonArray((await fixture.Server.AddGroupAsync("told-choir")).ToString()) });
        using var browser = fixture.Server.Browser();
        var notice = (await EnrolmentSteps.GetAsync(browser, pk))["notice"]!;
        notice["title"]!.ToString().ShouldContain("invites you to");
        notice["text"]!.ToString().ShouldStartWith("For jane@example.com. You join told-choir. Valid until ");
        notice["message"]!.ToString().ShouldBe("Hello Jane");
        notice["link"]!.ToString().ShouldBe($"/if/invitation/{pk}/");
        (await browser.GetStringAsync($"/if/flow/{EnrolmentSteps.Slug}/?itoken={pk}")).ShouldContain("Hello Jane");
    }

    [Fact]
    public async Task Somebody_with_an_account_signs_in_and_gets_the_gifts_once()
    {
        var group = await fixture.Server.AddGroupAsync("existing-choir");
        var pk = await PkAsync(new JsonObject { ["single_use"] = false, ["accept_existing"] = true, ["groups"] = new JsonArray(group.ToString()), ["user_path"] = "users/elsewhere" });
        await fixture.EnrolAsync(await PkAsync(new JsonObject { ["user_type"] = "internal" }), "existing-jane");
        using var browser = await fixture.SignedInAsync("existing-jane");
        var (token, page) = await FormAsync(browser, $"/if/invitation/{pk}/");
        page.ShouldContain("Accept as existing-jane");

        (await PostAsync(browser, $"/if/invitation/{pk}/", ("csrf", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await fixture.ReadAsync(pk))["uses"]!.GetValue<int>().ShouldBe(0);
        (await PostAsync(browser, $"/if/invitation/{pk}/", ("csrf", token))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var user = await fixture.UserAsync("existing-jane");
        user["groups_obj"]!.AsArray().Select(g => g!["name"]!.ToString()).ShouldContain("existing-choir");
        user["path"]!.ToString().ShouldNotBe("users/elsewhere");
        (await fixture.ReadAsync(pk))["uses"]!.GetValue<int>().ShouldBe(1);
        (await PostAsync(browser, $"/if/invitation/{pk}/", ("csrf", token))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await fixture.ReadAsync(pk))["uses"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task One_for_new_people_alone_is_not_taken_by_others()
    {
        var pk = await PkAsync([]);
        await fixture.EnrolAsync(await PkAsync(new JsonObject { ["user_type"] = "internal" }), "existing-joe");
        using var browser = await fixture.SignedInAsync("existing-joe");
        var (_, page) = await FormAsync(browser, $"/if/invitation/{pk}/");
        page.ShouldContain("makes a new account");
        var (token, _) = await FormAsync(browser, $"/if/invitation/{await PkAsync(new JsonObject { ["accept_existing"] = true })}/");
        (await PostAsync(browser, $"/if/invitation/{pk}/", ("csrf", token))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await fixture.ReadAsync(pk))["uses"]!.GetValue<int>().ShouldBe(0);
        using var nobody = fixture.Server.Browser();
        (await PostAsync(nobody, $"/if/invitation/{pk}/", ("csrf", ""))).Headers.Location!.ToString().ShouldStartWith("/flows/-/default/authentication/?next=");
    }

    [Fact]
    public async Task An_account_waits_until_the_approver_lets_it_in()
    {
        var chief = await fixture.Server.AddUserAsync("approving-chief");
        var group = await fixture.Server.AddGroupAsync("approvers", members: chief);
        var pk = await PkAsync(new JsonObject { ["approver_group"] = group.ToString() });
        (await fixture.EnrolAsync(pk, "waiting-jane"))["to"]!.ToString().ShouldBe("/if/invitation/waiting/");
        var jane = (await fixture.UserAsync("waiting-jane"))["pk"]!.GetValue<int>();
        (await fixture.UserAsync("waiting-jane"))["is_active"]!.GetValue<bool>().ShouldBeFalse();
        await fixture.WorkAsync();
        fixture.Mail.LastTo("approving-chief@example.org").Text.ShouldContain("waiting-jane");

        using var stranger = fixture.Server.Program(await fixture.Server.AddTokenAsync(await fixture.Server.AddUserAsync("approving-stranger")));
        (await stranger.PostApiAsync($"stages/invitation/approvals/{jane}/", """{"approve": true}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var approver = fixture.Server.Program(await fixture.Server.AddTokenAsync(chief));
        (await approver.PostApiAsync($"stages/invitation/approvals/{jane}/", """{"approve": true}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await approver.PostApiAsync($"stages/invitation/approvals/{jane}/", """{"approve": false}""")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await fixture.UserAsync("waiting-jane"))["is_active"]!.GetValue<bool>().ShouldBeTrue();
        (await fixture.HistoryAsync(pk)).ShouldBe(["created", "opened", "started", "accepted", "approved"]);
        await fixture.WorkAsync();
        fixture.Mail.LastTo("waiting-jane@example.com").Text.ShouldContain("ready");
    }

    [Fact]
    public async Task Somebody_left_out_stays_inactive()
    {
        var chief = await fixture.Server.AddUserAsync("denying-chief");
        var pk = await PkAsync(new JsonObject { ["approver"] = chief.Pk });
        await fixture.EnrolAsync(pk, "denied-jane");
        var jane = (await fixture.UserAsync("denied-jane"))["pk"]!.GetValue<int>();
        using var approver = fixture.Server.Program(await fixture.Server.AddTokenAsync(chief));
        (await approver.PostApiAsync($"stages/invitation/approvals/{jane}/", """{"approve": false}""")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await fixture.UserAsync("denied-jane"))["is_active"]!.GetValue<bool>().ShouldBeFalse();
        (await fixture.HistoryAsync(pk)).ShouldContain("denied");
    }

    static async Task<(string Token, string Page)> FormAsync(HttpClient browser, string path)
    {
        var page = await browser.GetStringAsync(path);
        var at = page.IndexOf("name=\"csrf\" value=\"", StringComparison.Ordinal);
        return at < 0 ? ("", page) : (page[(at + 19)..page.IndexOf('"', at + 19)], page);
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] form) =>
        browser.PostAsync(path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    async Task<string> PkAsync(JsonObject fields) => (await fixture.InviteAsync(fields))["pk"]!.ToString();

    sealed class OwnServer : IAsyncDisposable
    {
        public InvitationServer Fixture { get; } = new();

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();
    }
}
