using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Flows.EnrolmentSteps;

namespace Postern.Tests.Integration.Flows;

/// <summary>The main job over the API alone: import the shipped example, invite somebody, enrol, sign in.</summary>
public sealed class EnrolByInvitationTests
{
    const string Token = "an-api-token-for-the-test";

    static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["AUTHENTIK_BOOTSTRAP_TOKEN"] = Token };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_person_enrols_with_the_invitations_data_and_signs_in()
    {
        await using var server = await TestServer.StartAsync(Environment);
        using var admin = server.Program(Token);
        var invitation = await InviteAsync(admin, new JsonObject
        {
            ["email"] = "jane@example.com",
            ["name"] = "Jane Smith",
            ["attributes"] = new JsonObject { ["department"] = "Engineering", ["nested"] = new JsonObject { ["a"] = 1 } },
        });
        using var browser = server.Browser();

        (await GetAsync(browser, invitation))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        var details = await AnswerAsync(browser, invitation, new JsonObject { ["username"] = "jane", ["password"] = "a pass phrase", ["password_repeat"] = "a pass phrase" });
        details["fields"]!.AsArray().Select(f => f!["initial_value"]!.ToString()).ShouldBe(["Jane Smith", "jane@example.com"]);
        var end = await AnswerAsync(browser, invitation, new JsonObject { ["name"] = "Jane Smith", ["email"] = "jane@example.com" });
        end["component"]!.ToString().ShouldBe("xak-flow-redirect");

        var me = await browser.GetFromJsonAsync<JsonObject>("/api/v3/core/users/me/", Cancellation);
        me!["user"]!["username"]!.ToString().ShouldBe("jane");
        var user = (await admin.GetFromJsonAsync<JsonObject>("/api/v3/core/users/?username=jane", Cancellation))!["results"]![0]!;
        user["path"]!.ToString().ShouldBe("users/external");
        user["type"]!.ToString().ShouldBe("external");
        user["attributes"]!["nested"]!["a"]!.GetValue<int>().ShouldBe(1);
    }

    [Trait("Fault", "F27")]
    [Fact]
    public async Task Opening_a_link_uses_nothing_up_and_finishing_uses_it_up()
    {
        await using var server = await TestServer.StartAsync(Environment);
        using var admin = server.Program(Token);
        var invitation = await InviteAsync(admin, []);
        for (var i = 0; i < 3; i++)
        {
            using var scanner = server.Browser();
            (await GetAsync(scanner, invitation))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        }
        using var first = server.Browser();
        (await EnrolAsync(first, invitation, "first"))["component"]!.ToString().ShouldBe("xak-flow-redirect");

        using var second = server.Browser();
        var refused = await GetAsync(second, invitation);
        refused["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
    }

    [Trait("Fault", "F6")]
    [Fact]
    public async Task Of_a_hundred_people_finishing_one_single_use_invitation_at_once_one_succeeds()
    {
        await using var server = await TestServer.StartAsync(Environment);
        using var admin = server.Program(Token);
        var invitation = await InviteAsync(admin, []);
        var browsers = Enumerable.Range(0, 100).Select(_ => server.Browser()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), Cancellation, async (i, _) =>
        {
            await GetAsync(browsers[i], invitation);
            await AnswerAsync(browsers[i], invitation, new JsonObject { ["username"] = $"racer{i}", ["password"] = "a pass phrase", ["password_repeat"] = "a pass phrase" });
        });

        var ends = await Task.WhenAll(browsers.Select((b, i) => AnswerAsync(b, invitation, new JsonObject { ["name"] = $"Racer {i}", ["email"] = $"racer{i}@example.com" })));

        ends.Count(e => e["component"]!.ToString() is "xak-flow-redirect").ShouldBe(1);
        ends.Where(e => e["component"]!.ToString() is not "xak-flow-redirect").ShouldAllBe(e => e["error_message"]!.ToString() == "Invalid invite/invite not found");
        var users = await admin.GetFromJsonAsync<JsonObject>("/api/v3/core/users/?search=racer", Cancellation);
        users!["pagination"]!["count"]!.GetValue<int>().ShouldBe(1);
        Figures.Tell("F6", "100 people finished a single-use invitation at once, 1 account was made", acknowledged: 1);
        browsers.ForEach(b => b.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    public async Task A_link_without_a_valid_invitation_is_refused(string itoken)
    {
        await using var server = await TestServer.StartAsync(Environment);
        using var admin = server.Program(Token);
        await InviteAsync(admin, []);
        using var browser = server.Browser();

        (await GetAsync(browser, itoken))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
    }

    [Fact]
    public async Task An_invitation_expires_at_the_instant_without_any_cleaner()
    {
        await using var server = await TestServer.StartAsync(Environment);
        using var admin = server.Program(Token);
        var invitation = await InviteAsync(admin, []);
        using var browser = server.Browser();
        await GetAsync(browser, invitation);
        await AnswerAsync(browser, invitation, new JsonObject { ["username"] = "late", ["password"] = "a pass phrase", ["password_repeat"] = "a pass phrase" });

        server.Clock.Advance(TimeSpan.FromHours(1));

        var end = await AnswerAsync(browser, invitation, new JsonObject { ["name"] = "Late", ["email"] = "late@example.com" });
        end["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");
        var users = await admin.GetFromJsonAsync<JsonObject>("/api/v3/core/users/?username=late", Cancellation);
        users!["pagination"]!["count"]!.GetValue<int>().ShouldBe(0);
    }
}
