using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Sources;

/// <summary>Invited people who make their account with a source, and the buttons that lead there.</summary>
public sealed class InvitedTests(SourceServers servers) : IClassFixture<SourceServers>
{
    [Fact]
    public async Task An_invitation_of_an_enrolment_flow_goes_with_the_source_and_is_used_up()
    {
        var source = await servers.AddSourceAsync("invited");
        var flow = await EnrolmentSteps.ImportAsync(servers.Admin, new JsonObject { ["flow_slug"] = "by-source", ["stage_name"] = "by-source-invitation" });
        await OfferAsync(flow, "by-source-ways", source, order: 7);
        var invitation = await EnrolmentSteps.InviteAsync(servers.Admin, flow, new JsonObject { ["attributes"] = new JsonObject { ["team"] = "harbour" } });
        var (_, there) = await servers.PersonAsync("iris");
        using var here = servers.Here.Browser();

        var ways = await EnrolmentSteps.GetAsync(here, invitation, "by-source");
        ways["component"]!.ToString().ShouldBe("ak-stage-identification");
        var to = ways["sources"]!.AsArray().Single()!["challenge"]!["to"]!.ToString();
        (await LastAsync(here, there, to)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await MeAsync(here)).ShouldBe("iris");
        (await servers.Admin.GetApiAsync("core/users/?username=iris")).Json["results"]![0]!["attributes"]!["team"]!.ToString().ShouldBe("harbour");
        (await UsedAsync(invitation)).ShouldBe(1);
        // Used up: the next one comes no further.
        using var second = servers.Here.Browser();
        (await EnrolmentSteps.GetAsync(second, invitation, "by-source"))["component"]!.ToString().ShouldBe("ak-stage-access-denied");
    }

    [Fact]
    public async Task An_invitation_in_the_link_alone_is_looked_for_and_used_up()
    {
        await servers.AddSourceAsync("itoken");
        var invitation = await EnrolmentSteps.InviteAsync(servers.Admin, flow: null, new JsonObject { ["name"] = "As invited" });
        var (_, there) = await servers.PersonAsync("ilse");
        using var here = servers.Here.Browser();

        await SignInAsync(here, there, "itoken", $"?itoken={invitation}");

        (await MeAsync(here)).ShouldBe("ilse");
        (await servers.Admin.GetApiAsync("core/users/?username=ilse")).Json["results"]![0]!["name"]!.ToString().ShouldBe("As invited");
        (await UsedAsync(invitation)).ShouldBe(1);
        // Nobody comes by an invitation that opens nothing, and finds out later that it did not count.
        var (_, other) = await servers.PersonAsync("ivo");
        using var second = servers.Here.Browser();
        (await RefusalAsync(await SignInAsync(second, other, "itoken", $"?itoken={invitation}"))).ShouldContain("Invalid invite/invite not found");
        (await MeAsync(second)).ShouldBeNull();
        (await UsedAsync(invitation)).ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_of_which_nothing_is_left_makes_no_account_and_no_connection()
    {
        var source = await servers.AddSourceAsync("spent");
        var flow = await EnrolmentSteps.ImportAsync(servers.Admin, new JsonObject { ["flow_slug"] = "spent-flow", ["stage_name"] = "spent-invitation" });
        await OfferAsync(flow, "spent-ways", source, order: 7);
        var invitation = await EnrolmentSteps.InviteAsync(servers.Admin, flow, []);
        var (_, there) = await servers.PersonAsync("sven");
        using var here = servers.Here.Browser();
        var to = (await EnrolmentSteps.GetAsync(here, invitation, "spent-flow"))["sources"]!.AsArray().Single()!["challenge"]!["to"]!.ToString();
        await servers.Here.Database.ExecuteAsync($"UPDATE invitation SET uses = 1 WHERE pk = '{invitation}'");

        (await RefusalAsync(await LastAsync(here, there, to))).ShouldContain("Invalid invite/invite not found");

        (await MeAsync(here)).ShouldBeNull();
        (await servers.CountAsync("SELECT count(*) FROM \"user\" WHERE username = 'sven'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_page_offers_the_sources_of_the_stage_that_are_switched_on()
    {
        var shown = await servers.AddSourceAsync("button-shown", new JsonObject { ["promoted"] = true, ["icon"] = "/static/some.svg" });
        var off = await servers.AddSourceAsync("button-off", new JsonObject { ["enabled"] = false });
        var flow = (await servers.Admin.PostApiAsync("flows/instances/", """{"name": "buttons", "slug": "buttons", "title": "Buttons", "designation": "authentication"}""")).Json["pk"]!.ToString();
        var stage = await OfferAsync(flow, "buttons-ways", shown, order: 0, off);
        using var here = servers.Here.Browser();

        var challenge = (await here.GetApiAsync("flows/executor/buttons/?query=next%3D%252Fif%252Fuser%252F")).Json;
        var button = challenge["sources"]!.AsArray().Single()!;
        (button["name"]!.ToString(), button["icon_url"]!.ToString(), button["promoted"]!.GetValue<bool>(), button["challenge"]!["component"]!.ToString()).ShouldBe(("button-shown", "/static/some.svg", true, "xak-flow-redirect"));
        button["challenge"]!["to"]!.ToString().ShouldBe("/source/oauth/login/button-shown/?next=%2Fif%2Fuser%2F&flow=buttons");
        (await here.GetStringAsync("/if/flow/buttons/", TestContext.Current.CancellationToken)).ShouldContain("/source/oauth/login/button-shown/");

        (await servers.Admin.GetApiAsync($"sources/all/button-shown/used_by/")).Json.AsArray().Select(u => u!["name"]!.ToString()).ShouldContain("buttons-ways");
        (await servers.Admin.CallAsync("DELETE", "sources/all/button-shown/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await servers.Admin.GetApiAsync($"stages/identification/{stage}/")).Json["sources"]!.AsArray().Select(s => s!.ToString()).ShouldBe([off["pk"]!.ToString()]);
    }

    /// <summary>From a button to the source, back, and on.</summary>
    static async Task<HttpResponseMessage> LastAsync(HttpClient here, HttpClient there, string to)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var away = await here.GetAsync(to, cancellation);
        return await here.GetAsync((await there.GetAsync(away.Headers.Location, cancellation)).Headers.Location, cancellation);
    }

    async Task<string> OfferAsync(string flow, string name, JsonObject source, int order, params JsonObject[] others)
    {
        var sources = new JsonArray([source["pk"]!.DeepClone(), .. others.Select(o => o["pk"]!.DeepClone())]);
        var stage = (await servers.Admin.PostApiAsync("stages/identification/", new JsonObject { ["name"] = name, ["user_fields"] = new JsonArray("username"), ["sources"] = sources }.ToJsonString())).Json["pk"]!.ToString();
        (await servers.Admin.PostApiAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = order }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        return stage;
    }

    Task<long> UsedAsync(string invitation) => servers.CountAsync($"SELECT uses::bigint FROM invitation WHERE pk = '{invitation}'");
}
