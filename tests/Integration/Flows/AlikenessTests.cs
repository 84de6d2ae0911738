using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Flows;

/// <summary>Answers tell nobody whether an account exists, or is shut: pages and status of sign-in by mail, recovery and enrolment. Sign-in by password is in <c>Sessions/SignInLimitsTests</c>.</summary>
[Trait("Fault", "F13")]
public sealed class AlikenessTests(MfaServer mfa) : IClassFixture<MfaServer>, IAsyncLifetime
{
    static readonly string[] names = ["like-here", "like-gone", "like-shut"];

    readonly TestServer server = mfa.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Enrolment makes accounts with these addresses, and one of them must belong to nobody.
        await server.Database.ExecuteAsync("DELETE FROM \"user\" WHERE username LIKE 'newcomer-%'");
        if (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE username = 'like-here'") > 0)
            return;
        await mfa.AddPersonAsync("like-here");
        var shut = await mfa.AddPersonAsync("like-shut");
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {shut.Pk}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("@example.org")]
    public async Task Recovery(string host) => await CompareAsync("default-recovery-flow", name => [new() { ["uid_field"] = name + host }, [], [], new() { ["code"] = "000000" }]);

    [Fact]
    public async Task A_link_by_mail_in_place_of_a_password()
    {
        await mfa.ImportAsync(Path.Combine(MfaServer.Root, "blueprints/example/flows-login-email-magic-link.yaml"));
        await server.Database.ExecuteAsync("DELETE FROM flow_stage_binding b USING stage s WHERE s.pk = b.stage AND s.name IN ('default-authentication-password', 'default-authentication-mfa-validation')");
        await mfa.WorkAsync();
        var before = ToGone();
        await CompareAsync(MfaServer.SignIn, name => [new() { ["uid_field"] = $"{name}@example.org" }, []]);
        await mfa.WorkAsync();
        ToGone().ShouldBe(before);
        // Restores what the other tests of the class need.
        await mfa.ImportAsync(Path.Combine(MfaServer.Root, "blueprints/default/authentication.yaml"));
    }

    /// <summary>What takes time in an answer is the database: as many statements, as much time. How much it is shows <c>./dev measure answers</c>.</summary>
    [Theory]
    [InlineData(MfaServer.SignIn)]
    [InlineData("default-recovery-flow")]
    [InlineData("default-enrollment-flow")]
    public async Task Every_answer_asks_the_database_as_much(string flow)
    {
        await mfa.ImportAsync(Path.Combine(MfaServer.Root, "blueprints/example/flows-enrollment-email-verification.yaml"));
        var n = 0;
        Func<string, JsonObject[]> answers = flow switch
        {
            MfaServer.SignIn => static name => [new() { ["uid_field"] = name }, new() { ["password"] = "wrong" }],
            "default-recovery-flow" => static name => [new() { ["uid_field"] = name }, []],
            _ => name =>
            [
                new() { ["username"] = $"newcomer-{flow.Length}-{++n}", ["password"] = MfaServer.Password, ["password_repeat"] = MfaServer.Password },
                new() { ["name"] = "x", ["email"] = $"{name}@example.org" },
            ],
        };
        var counts = new List<string>();
        // What is kept in memory is there after the first one.
        foreach (var name in names.Prepend("like-nobody"))
        {
            using var visitor = new Visitor(server);
            await visitor.ShowAsync(flow);
            var each = new List<int>();
            foreach (var answer in answers(name))
            {
                using var statements = new StatementCount(server.Database);
                (await visitor.AnswerAsync(flow, answer)).ContainsKey("component").ShouldBeTrue();
                each.Add(statements.Value);
            }
            counts.Add(string.Join(' ', each));
        }
        counts.Skip(1).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem(string.Join(", ", counts));
    }

    [Fact]
    public async Task A_mail_to_nobody_is_thrown_away_by_its_delivery()
    {
        using var visitor = new Visitor(server);
        await visitor.ShowAsync("default-recovery-flow");
        await visitor.AnswerAsync("default-recovery-flow", new() { ["uid_field"] = "never-anybody@example.org" });
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE recipients = '{}'")).ShouldBeGreaterThan(0);

        await mfa.WorkAsync();

        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM mail WHERE recipients = '{}'")).ShouldBe(0);
        mfa.Mail.Mails.ShouldAllBe(m => !m.To.Contains("never-anybody@example.org"));
    }

    [Fact]
    public async Task Enrolment_with_a_mail_address()
    {
        await mfa.ImportAsync(Path.Combine(MfaServer.Root, "blueprints/example/flows-enrollment-email-verification.yaml"));
        var n = 0;
        await CompareAsync("default-enrollment-flow", name =>
        [
            new() { ["username"] = $"newcomer-{++n}", ["password"] = MfaServer.Password, ["password_repeat"] = MfaServer.Password },
            new() { ["name"] = "x", ["email"] = $"{name}@example.org" },
            [],
        ]);
    }

    int ToGone() => mfa.Mail.Mails.Count(m => m.To.Contains("like-gone@example.org"));

    /// <summary>The same answers for each name, over the API and on the page.</summary>
    async Task CompareAsync(string flow, Func<string, JsonObject[]> answers)
    {
        var api = new List<string>();
        var pages = new List<string>();
        foreach (var name in names)
        {
            using var visitor = new Visitor(server);
            var said = new List<string> { (await visitor.ShowAsync(flow)).ToJsonString() };
            foreach (var answer in answers(name))
                said.Add((await visitor.AnswerAsync(flow, answer)).ToJsonString());
            api.Add(Anonymous(string.Join('\n', said), name));
            pages.Add(Anonymous(await PagesAsync(flow, answers(name)), name));
        }
        api[1].ShouldBe(api[0]);
        api[2].ShouldBe(api[0]);
        pages[1].ShouldBe(pages[0]);
        pages[2].ShouldBe(pages[0]);
    }

    async Task<string> PagesAsync(string flow, JsonObject[] answers)
    {
        using var browser = server.Browser();
        var url = $"/if/flow/{flow}/";
        (await browser.GetAsync(url, Cancellation)).Dispose();
        var said = new List<string>();
        foreach (var answer in answers)
        {
            using var form = new FormUrlEncodedContent(answer.ToDictionary(p => p.Key, p => p.Value!.ToString(), StringComparer.Ordinal));
            using var answered = await browser.PostAsync(url, form, Cancellation);
            using var shown = await browser.GetAsync(url, Cancellation);
            said.Add($"{(int)answered.StatusCode} {await answered.Content.ReadAsStringAsync(Cancellation)} {(int)shown.StatusCode} {await shown.Content.ReadAsStringAsync(Cancellation)}");
        }
        said.ShouldNotContain(s => s.StartsWith($"{(int)HttpStatusCode.InternalServerError}", StringComparison.Ordinal));
        return string.Join('\n', said);
    }

    /// <summary>Without what differs from page to page and from name to name.</summary>
    static string Anonymous(string text, string name) => System.Text.RegularExpressions.Regex.Replace(
        text.Replace(name, "somebody", StringComparison.Ordinal), "base64,[^\"]+|newcomer-[0-9]+|[A-Za-z0-9_-]{43}|nonce-[^\"' ;]+", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
