using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Directory.Passwords;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

/// <summary>What a whole sign-in asks of the database; times are not asserted, statements are.</summary>
public sealed class SignInCostTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Executor = "/api/v3/flows/executor/default-authentication-flow/?query=";
    const string Password = "correct horse battery staple";

    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_in_by_password_costs_few_statements()
    {
        await server.AddUserAsync("frugal", u => u.Password = PasswordHash.Encode(Password, 1));
        // The first loads the pictures of configuration, and hashes the password anew.
        await CountAsync();

        (await CountAsync()).ShouldBe((2, 4, 11));
    }

    /// <summary>Statements of the page, of the name and of the password.</summary>
    async Task<(int Page, int Name, int Password)> CountAsync()
    {
        using var browser = server.Browser();
        using var count = new StatementCount(server.Database);
        (await browser.GetFromJsonAsync<JsonObject>(Executor, Cancellation))!["component"]!.ToString().ShouldBe("ak-stage-identification");
        var page = count.Value;
        (await AnswerAsync(browser, "uid_field", "frugal")).ShouldBe("ak-stage-password");
        var name = count.Value;
        (await AnswerAsync(browser, "password", Password)).ShouldBe("xak-flow-redirect");
        return (page, name - page, count.Value - name);
    }

    static async Task<string> AnswerAsync(HttpClient browser, string field, string value)
    {
        using var answer = await browser.PostAsJsonAsync(Executor, new JsonObject { [field] = value }, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["component"]!.ToString();
    }
}
