using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Postern.Directory.Users;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sources.SourceServers;

namespace Postern.Tests.Integration.Sources;

/// <summary>Accounts elsewhere that people connect with their own, and end again.</summary>
public sealed class LinkTests(SourceServers servers) : IClassFixture<SourceServers>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_signed_in_connects_an_account_after_saying_yes_and_signs_in_with_it()
    {
        await servers.AddSourceAsync("link");
        var (user, here) = await SignedInAsync("linda");
        var (_, there) = await servers.PersonAsync("linda-elsewhere");

        var asked = await SignInAsync(here, there, "link");
        var page = await asked.Content.ReadAsStringAsync(Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        page.ShouldContain("linda-elsewhere@example.org");
        (await ConnectionsAsync(user)).ShouldBe(0);
        var token = Token(page);
        (await AnswerAsync(here, "link", token)).Headers.Location!.ToString().ShouldBe("/if/user/settings/sources/");
        (await ConnectionsAsync(user)).ShouldBe(1);
        (await servers.CountAsync("SELECT count(*) FROM event WHERE action = 'source_linked' AND \"user\"->>'username' = 'linda'")).ShouldBe(1);
        await RefusalAsync(await AnswerAsync(here, "link", token));

        using var elsewhere = servers.Here.Browser();
        await SignInAsync(elsewhere, there, "link");
        (await MeAsync(elsewhere)).ShouldBe("linda");
        // Connected already: on to where they wanted to go.
        (await SignInAsync(here, there, "link", "?next=%2Fif%2Fuser%2F")).Headers.Location!.ToString().ShouldBe("/if/user/");
    }

    [Fact]
    public async Task The_question_is_for_the_person_who_was_asked()
    {
        await servers.AddSourceAsync("asked");
        var (user, here) = await SignedInAsync("asta");
        var (other, otherBrowser) = await SignedInAsync("otto");
        var (_, there) = await servers.PersonAsync("asta-elsewhere");
        var token = Token(await (await SignInAsync(here, there, "asked")).Content.ReadAsStringAsync(Cancellation));

        await RefusalAsync(await AnswerAsync(otherBrowser, "asked", token));
        await RefusalAsync(await AnswerAsync(here, "asked", "made-up"));
        // Nor does the state of a way to the source answer it, or the question's token end one.
        (await RefusalAsync(await here.GetAsync($"/source/oauth/callback/asked/?code=c&state={token}", Cancellation))).ShouldContain("was not begun");

        (await ConnectionsAsync(user) + await ConnectionsAsync(other)).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_is_somebodys_is_nobody_elses()
    {
        await servers.AddSourceAsync("taken");
        var (_, there) = await servers.PersonAsync("tara");
        using var first = servers.Here.Browser();
        await SignInAsync(first, there, "taken");
        var (user, here) = await SignedInAsync("thief");

        (await RefusalAsync(await SignInAsync(here, there, "taken"))).ShouldContain("connected to somebody already");

        (await ConnectionsAsync(user)).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_signed_in_or_out_meanwhile_begins_again()
    {
        await servers.AddSourceAsync("meanwhile");
        var (user, here) = await SignedInAsync("mona");
        var (_, there) = await servers.PersonAsync("mona-elsewhere");
        var back = await LeaveAsync(here, there, "meanwhile");
        await servers.Here.Database.ExecuteAsync($"UPDATE session SET user_pk = NULL WHERE user_pk = {user.Pk}");

        (await RefusalAsync(await here.GetAsync(back, Cancellation))).ShouldContain("signed in or out");
        (await servers.CountAsync("SELECT count(*) FROM \"user\" WHERE username = 'mona-elsewhere'")).ShouldBe(0);
    }

    [Fact]
    public async Task Connections_are_ended_by_their_owners_and_changed_by_nobody()
    {
        await servers.AddSourceAsync("ended");
        var other = (await servers.AddSourceAsync("ended-other"))["pk"]!.ToString();
        var (_, there) = await servers.PersonAsync("enno");
        using var browser = servers.Here.Browser();
        await SignInAsync(browser, there, "ended");
        var pk = await servers.Here.Database.ScalarAsync<int>("SELECT pk FROM \"user\" WHERE username = 'enno'");
        using var enno = servers.Here.Program(await servers.Here.AddTokenAsync(new User { Pk = pk }));
        using var stranger = await servers.Here.WithRightsAsync();
        var connection = (await enno.GetApiAsync("sources/user_connections/oauth/?source__slug=ended")).Json["results"]!.AsArray().Single()!;
        var path = $"sources/user_connections/oauth/{connection["pk"]}/";

        foreach (var program in new[] { enno, servers.Admin })
        {
            (await program.CallAsync("PATCH", path, """{"identifier": "somebody else"}""")).Member("identifier").ShouldContain("cannot be changed");
            (await program.CallAsync("PATCH", path, new JsonObject { ["source"] = other }.ToJsonString())).Member("source").ShouldContain("cannot be changed");
            (await program.CallAsync("PATCH", path, """{"user": 1}""")).Member("user").ShouldBe($"{pk}");
            (await program.CallAsync("PATCH", path.Replace("oauth", "all", StringComparison.Ordinal), """{"identifier": "somebody else"}""")).Member("identifier").ShouldContain("cannot be changed");
        }
        (await enno.PostApiAsync("sources/user_connections/oauth/", new JsonObject { ["source"] = other, ["identifier"] = "somebody else" }.ToJsonString())).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await stranger.GetApiAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.CallAsync("DELETE", path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetApiAsync("sources/user_connections/all/")).Json["results"]!.AsArray().ShouldBeEmpty();

        (await enno.CallAsync("DELETE", path)).Status.ShouldBe(HttpStatusCode.NoContent);
        using var again = servers.Here.Browser();
        // Their account is there, but no longer theirs by this way in.
        (await SignInAsync(again, there, "ended")).Headers.Location!.ToString().ShouldBe("/if/flow/default-source-enrollment/");
    }

    static string Token(string page) => Regex.Match(page, "name=\"token\" value=\"(?<token>[A-Za-z0-9]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value;

    static async Task<HttpResponseMessage> AnswerAsync(HttpClient here, string slug, string token)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
        return await here.PostAsync($"/source/oauth/link/{slug}/", form, Cancellation);
    }

    async Task<(User User, HttpClient Browser)> SignedInAsync(string username)
    {
        var user = await servers.Here.AddUserAsync(username);
        var browser = servers.Here.Browser();
        await browser.GetAsync($"/test/in?user={user.Pk}", Cancellation);
        return (user, browser);
    }

    Task<long> ConnectionsAsync(User user) => servers.CountAsync($"SELECT count(*) FROM user_source_connection WHERE user_pk = {user.Pk}");
}
