using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postern.Api;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>What is answered when a request breaks: people get a page, programs JSON, and both the number under which it stands in the log.</summary>
public sealed class FailureAnswerTests : IAsyncLifetime
{
    TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(adjust: services => services
        .AddSingleton<IRequestStep>(new TestDoor("/test/bug", _ => throw new InvalidOperationException("a bug of ours")))
        .AddSingleton<IRequestStep>(new TestDoor("/test/full", _ => throw new DbUpdateException("not saved", new PostgresException("No space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull))))
        .AddSingleton<IRequestStep>(new TestDoor("/test/away", _ => throw new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused)))));

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("/test/bug", HttpStatusCode.InternalServerError, "Something went wrong on the server.")]
    [InlineData("/test/full", HttpStatusCode.ServiceUnavailable, "The database does not answer or has no room left. Try again in a moment.")]
    [InlineData("/test/away", HttpStatusCode.ServiceUnavailable, "The database does not answer or has no room left. Try again in a moment.")]
    public async Task Programs_get_json_and_people_a_page(string path, HttpStatusCode status, string text)
    {
        using var client = server.Browser();

        using var plain = await client.GetAsync(path, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var page = await client.SendAsync(request, TestContext.Current.CancellationToken);

        server.Errors.Claim().Count.ShouldBe(2);
        (plain.StatusCode, page.StatusCode).ShouldBe((status, status));
        (await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe($$"""{"detail":"{{text}} Request {{NumberOf(plain)}}."}""");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(text);
        html.ShouldContain(NumberOf(page));
        html.ShouldNotContain("a bug of ours");
        (page.Headers.RetryAfter is not null).ShouldBe(status is HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Who_reads_the_API_in_a_browser_gets_JSON()
    {
        using var client = await server.SuperuserAsync();
        await server.Database.ExecuteAsync("ALTER TABLE saved_view RENAME TO saved_view_away");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/core/saved_views/") { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        server.Errors.Claim().ShouldHaveSingleItem();
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    static string NumberOf(HttpResponseMessage answer) => answer.Headers.GetValues("X-authentik-id").Single();
}
