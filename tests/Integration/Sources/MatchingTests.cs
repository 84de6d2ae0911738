using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Sources;

/// <summary>Who somebody is here whom a source names: each way of telling, and what it refuses.</summary>
public sealed class MatchingTests(SourceServers servers) : IClassFixture<SourceServers>
{
    [Fact]
    public async Task By_identifier_nobody_gets_an_account_that_is_there()
    {
        await servers.AddSourceAsync("identifier");
        await servers.Here.AddUserAsync("ida");
        var (_, there) = await servers.PersonAsync("ida");
        using var here = servers.Here.Browser();

        // The name is somebody's: the flow asks for another.
        var answer = await SignInAsync(here, there, "identifier");
        answer.Headers.Location!.ToString().ShouldBe("/if/flow/default-source-enrollment/");
        (await here.GetApiAsync("flows/executor/default-source-enrollment/?query=")).Json["fields"]!.AsArray().Single()!["field_key"]!.ToString().ShouldBe("username");
        await here.PostApiAsync("flows/executor/default-source-enrollment/?query=", """{"component": "ak-stage-prompt", "username": "ida-the-second"}""");

        (await MeAsync(here)).ShouldBe("ida-the-second");
        (await servers.CountAsync("SELECT count(*) FROM user_source_connection c JOIN \"user\" u ON u.pk = c.user_pk WHERE u.username LIKE 'ida%'")).ShouldBe(1);
    }

    [Fact]
    public async Task By_email_the_account_is_theirs_where_the_source_vouches_for_the_address()
    {
        await servers.AddSourceAsync("email-link", new JsonObject { ["user_matching_mode"] = "email_link" });
        var eva = await servers.Here.AddUserAsync("eva-of-here", u => u.Email = "Eva@Example.org");
        var (_, there) = await servers.PersonAsync("eva");
        using var here = servers.Here.Browser();

        await SignInAsync(here, there, "email-link");

        (await MeAsync(here)).ShouldBe("eva-of-here");
        (await servers.CountAsync($"SELECT count(*) FROM user_source_connection WHERE user_pk = {eva.Pk}")).ShouldBe(1);
        (await servers.CountAsync($"SELECT count(*) FROM event WHERE action = 'source_linked' AND \"user\"->>'username' = 'eva-of-here'")).ShouldBe(1);
    }

    [Fact]
    public async Task By_email_nobody_gets_an_account_with_an_address_that_is_not_confirmed()
    {
        await servers.AddSourceAsync("email-unverified", new JsonObject { ["user_matching_mode"] = "email_link" });
        await servers.Here.AddUserAsync("victim");
        var (_, there) = await servers.PersonAsync("victim", verified: false);
        using var here = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(here, there, "email-unverified"))).ShouldContain("has not confirmed that the e-mail address is yours");

        (await MeAsync(here)).ShouldBeNull();
        (await servers.CountAsync("SELECT count(*) FROM user_source_connection c JOIN \"user\" u ON u.pk = c.user_pk WHERE u.username = 'victim'")).ShouldBe(0);
    }

    [Fact]
    public async Task By_email_several_accounts_are_no_answer_and_a_deactivated_one_neither()
    {
        await servers.AddSourceAsync("email-many", new JsonObject { ["user_matching_mode"] = "email_link" });
        await servers.Here.AddUserAsync("many1", u => u.Email = "many@example.org");
        await servers.Here.AddUserAsync("many2", u => u.Email = "many@example.org");
        await servers.Here.AddUserAsync("gone", u => u.IsActive = false);
        var (_, many) = await servers.PersonAsync("many");
        var (_, gone) = await servers.PersonAsync("gone");
        using var here = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(here, many, "email-many"))).ShouldContain("Several accounts");
        (await RefusalAsync(await SignInAsync(here, gone, "email-many"))).ShouldContain("Your account is disabled.");
        (await MeAsync(here)).ShouldBeNull();
    }

    [Fact]
    public async Task By_name_the_account_is_theirs()
    {
        await servers.AddSourceAsync("username-link", new JsonObject { ["user_matching_mode"] = "username_link" });
        await servers.Here.AddUserAsync("ursula", u => u.Email = "other@example.org");
        var (_, there) = await servers.PersonAsync("ursula");
        using var here = servers.Here.Browser();

        await SignInAsync(here, there, "username-link");

        (await MeAsync(here)).ShouldBe("ursula");
        (await servers.CountAsync("SELECT count(*) FROM \"user\" WHERE username LIKE 'ursula%'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("email_deny", "dora", "with your e-mail address already")]
    [InlineData("username_deny", "dina", "with your username already")]
    public async Task Where_that_turns_away_who_is_there_already_others_are_let_in(string mode, string name, string why)
    {
        var slug = mode.Replace('_', '-');
        await servers.AddSourceAsync(slug, new JsonObject { ["user_matching_mode"] = mode });
        await servers.Here.AddUserAsync(name);
        var (_, known) = await servers.PersonAsync(name);
        var (_, stranger) = await servers.PersonAsync($"{name}-new");
        using var first = servers.Here.Browser();
        using var second = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(first, known, slug))).ShouldContain(why);
        await SignInAsync(second, stranger, slug);

        (await MeAsync(first)).ShouldBeNull();
        (await MeAsync(second)).ShouldBe($"{name}-new");
    }

    [Fact]
    public async Task Without_the_flow_that_is_needed_nobody_gets_in()
    {
        await servers.AddSourceAsync("closed", new JsonObject { ["enrollment_flow"] = null });
        var (_, there) = await servers.PersonAsync("clara");
        using var here = servers.Here.Browser();

        (await RefusalAsync(await SignInAsync(here, there, "closed"))).ShouldContain("none can be made with closed");
        (await servers.CountAsync("SELECT count(*) FROM \"user\" WHERE username = 'clara'")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_connected_before_the_flow_has_asked_all_it_asks()
    {
        // Somebody with an account is asked for the password first: the source alone does not get them in.
        await servers.AddSourceAsync("second", new JsonObject { ["user_matching_mode"] = "username_link", ["authentication_flow"] = await AskingFlowAsync() });
        var paula = await servers.Here.AddUserAsync("paula");
        var (_, there) = await servers.PersonAsync("paula");
        using var here = servers.Here.Browser();

        (await SignInAsync(here, there, "second")).Headers.Location!.ToString().ShouldBe("/if/flow/asking/");

        (await here.GetApiAsync("flows/executor/asking/?query=")).Json["component"]!.ToString().ShouldBe("ak-stage-password");
        (await MeAsync(here)).ShouldBeNull();
        (await servers.CountAsync($"SELECT count(*) FROM user_source_connection WHERE user_pk = {paula.Pk}")).ShouldBe(0);
    }

    [Fact]
    public async Task The_shipped_flows_are_for_those_who_come_by_a_source_alone()
    {
        using var here = servers.Here.Browser();
        foreach (var slug in new[] { "default-source-authentication", "default-source-enrollment" })
            (await here.GetApiAsync($"flows/executor/{slug}/?query=")).Json["component"]!.ToString().ShouldBe("ak-stage-access-denied");
    }

    async Task<string> AskingFlowAsync()
    {
        var flow = (await servers.Admin.PostApiAsync("flows/instances/", """{"name": "asking", "slug": "asking", "title": "Asking", "designation": "authentication"}""")).Json["pk"]!.ToString();
        foreach (var (name, order) in new[] { ("default-authentication-password", 0), ("default-source-authentication-login", 1) })
        {
            var stage = (await servers.Admin.GetApiAsync($"stages/all/?name={name}")).Json["results"]![0]!["pk"]!.ToString();
            (await servers.Admin.PostApiAsync("flows/bindings/", new JsonObject { ["target"] = flow, ["stage"] = stage, ["order"] = order }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Created);
        }
        return flow;
    }
}
