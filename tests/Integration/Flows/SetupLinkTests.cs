using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Flows;

/// <summary>The initial setup: from elsewhere only by the printed link, and once.</summary>
public sealed class SetupLinkTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Page = "/api/v3/flows/executor/initial-setup/";

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_link_sets_the_first_administrator_up_once()
    {
        using var stranger = Elsewhere();
        (await AskAsync(stranger, Page))["error_message"]!.ToString().ShouldContain("setup link");
        var link = (await NoticeAsync())!.Split(' ')[^1];
        link.ShouldStartWith("https://id.example.org/setup/?token=");

        using var administrator = Elsewhere();
        var entered = await administrator.GetAsync(new Uri(link).PathAndQuery, Cancellation);
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = entered.Headers.Location!.ToString();
        page.ShouldStartWith("/if/flow/initial-setup/?flow_token=");
        var door = $"{Page}?query={Uri.EscapeDataString(page.Split('?')[1])}";
        (await AskAsync(administrator, door))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        // Another browser may still open it: looking uses nothing up.
        using var late = Elsewhere();
        (await AskAsync(late, door))["component"]!.ToString().ShouldBe("ak-stage-prompt");

        var end = await AnswerAsync(administrator, door, "first");
        end["component"]!.ToString().ShouldBe("xak-flow-redirect");
        end["to"]!.ToString().ShouldBe("/if/admin/");

        (await AnswerAsync(late, door, "second"))["error_message"]!.ToString().ShouldBe("The initial setup is already complete.");
        (await late.GetAsync("/api/v3/core/users/me/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var later = Elsewhere();
        (await AskAsync(later, door))["component"]!.ToString().ShouldNotBe("ak-stage-prompt");
        (await NoticeAsync()).ShouldBeNull();
        using var again = server.Browser();
        (await SignInAsync(again, "first"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    Task<string?> NoticeAsync() => server.InScopeAsync(async services =>
    {
        foreach (var notice in services.GetServices<IStartNotice>())
        {
            if (await notice.TextAsync("https://id.example.org", Cancellation) is { } text)
                return text;
        }
        return null;
    });

    /// <summary>A browser behind the local proxy, so not on the server's own machine.</summary>
    HttpClient Elsewhere()
    {
        var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        return browser;
    }

    static async Task<JsonObject> AskAsync(HttpClient browser, string door) => JsonNode.Parse(await browser.GetStringAsync(door, Cancellation))!.AsObject();

    static async Task<JsonObject> AnswerAsync(HttpClient browser, string door, string password)
    {
        var answer = new JsonObject { ["email"] = "root@example.org", ["password"] = password, ["password_repeat"] = password };
        return await FollowAsync(browser, door, answer);
    }

    static async Task<JsonObject> SignInAsync(HttpClient browser, string password)
    {
        const string door = "/api/v3/flows/executor/default-authentication-flow/";
        await FollowAsync(browser, door, null);
        await FollowAsync(browser, door, new JsonObject { ["uid_field"] = "akadmin" });
        return await FollowAsync(browser, door, new JsonObject { ["password"] = password });
    }

    static async Task<JsonObject> FollowAsync(HttpClient browser, string door, JsonObject? answer)
    {
        if (answer is not null)
        {
            var posted = await browser.PostAsync(door, new StringContent(answer.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);
            if (posted.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
                return JsonNode.Parse(await posted.Content.ReadAsStringAsync(Cancellation))!.AsObject();
        }
        return await AskAsync(browser, door);
    }
}
