using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Jobs;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Events;

/// <summary>What the product does by itself, or fails to do, is found in the log of events.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    readonly SmtpServer smtp = new();
    TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EMAIL__HOST"] = "127.0.0.1",
            ["POSTERN_EMAIL__PORT"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["POSTERN_EMAIL__FROM"] = "postern@example.org",
        },
        services => services.AddSingleton<IRequestStep>(new TestDoor("/test/bug", _ => throw new InvalidOperationException("a bug of ours"))).AddJob<Broken>("test.broken"));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_breaks_is_an_event_that_names_the_request()
    {
        using var browser = server.Browser();
        using var answer = await browser.GetAsync("/test/bug", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        server.Errors.Claim().ShouldHaveSingleItem();
        var context = await ContextAsync("system_exception");
        context["exception"]!.ToString().ShouldBe("System.InvalidOperationException: a bug of ours");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(context["request_id"]!.ToString());
    }

    [Fact]
    public async Task A_job_that_fails_is_an_event_at_its_first_failure_and_when_it_is_given_up()
    {
        await server.Database.ExecuteAsync("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('test.broken', '{}', now(), now() - interval '1 day', 0, '')");
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            await server.Database.ExecuteAsync("UPDATE job SET run_at = now() - interval '1 day' WHERE kind = 'test.broken'");
            await server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
        }
        server.Errors.Claim().Count(e => e.Contains("test.broken", StringComparison.Ordinal)).ShouldBe(12);
        var texts = await server.Database.ScalarAsync<string>("SELECT string_agg(context->>'message', ', ' ORDER BY created) FROM event WHERE action = 'system_task_exception'");
        texts.ShouldBe("Task test.broken failed and will be tried again, Task test.broken was given up");
        (await ContextAsync("system_task_exception"))["exception"]!.ToString().ShouldBe("System.IO.IOException: the other side is gone");
    }

    [Fact]
    public async Task Mail_that_was_sent_is_an_event_without_its_text()
    {
        await SendAsync(tells: false);
        var context = await ContextAsync("email_sent");
        context["subject"]!.ToString().ShouldBe("Your link");
        context["from"]!.ToString().ShouldBe("postern@example.org");
        context["to"]!.ToJsonString().ShouldBe("""["ann@example.org"]""");
        context.ToJsonString().ShouldNotContain("let-me-in");
    }

    [Fact]
    public async Task Mail_about_an_event_makes_none()
    {
        await SendAsync(tells: true);
        smtp.Mails.ShouldHaveSingleItem();
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'email_sent'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_address_is_warned_of_once_a_month()
    {
        var warn = async () =>
        {
            await server.Database.ExecuteAsync("UPDATE job SET run_at = now() - interval '1 day' WHERE kind = 'brands.warnings'");
            await server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
            return await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'configuration_warning'");
        };
        await server.Services.GetRequiredService<JobRunner>().PlantSchedulesAsync(TestContext.Current.CancellationToken);
        (await warn()).ShouldBe(0);
        await server.Database.ExecuteAsync("UPDATE job SET created_at = created_at - interval '25 hours' WHERE kind = 'brands.warnings'");
        (await warn()).ShouldBe(1);
        (await warn()).ShouldBe(1);
        await server.Database.ExecuteAsync("UPDATE event SET created = created - interval '31 days' WHERE action = 'configuration_warning'");
        (await warn()).ShouldBe(2);
        using var root = await server.SuperuserAsync();
        await root.CallAsync("PATCH", "admin/settings/", """{"base_url": "https://id.example.org"}""");
        await server.Database.ExecuteAsync("UPDATE event SET created = created - interval '31 days' WHERE action = 'configuration_warning'");
        (await warn()).ShouldBe(2);
    }

    async Task SendAsync(bool tells)
    {
        await server.InScopeAsync(async services =>
        {
            services.GetRequiredService<SendMail>().Add(new MailMessage { To = ["ann@example.org"], Subject = "Your link", Html = "<p>let-me-in</p>", Text = "let-me-in", TellsOfEvent = tells });
            return await services.GetRequiredService<PosternDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        await server.Database.ExecuteAsync("UPDATE job SET run_at = now() - interval '1 day' WHERE kind = 'mail.deliver'");
        await server.Services.GetRequiredService<JobRunner>().RunDueAsync(TestContext.Current.CancellationToken);
    }

    async Task<JsonNode> ContextAsync(string action) => JsonNode.Parse(
        await server.Database.ScalarAsync<string>($"SELECT context::text FROM event WHERE action = '{action}' ORDER BY created DESC LIMIT 1") ?? throw new InvalidOperationException($"No event {action}"))!;

    sealed class Broken : IJobHandler
    {
        public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) => throw new IOException("the other side is gone");
    }
}
