using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>Every door that changes something, knocked at by another site in the name of a signed-in superuser. Doors are taken from the running server; the lists here only get shorter.</summary>
[Trait("Fault", "F10")]
public sealed partial class ForgeryTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    /// <summary>Nothing of anybody's changes by it but a colour.</summary>
    static readonly string[] free = ["POST /-/theme/"];

    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_token_of_the_session_nothing_is_done()
    {
        using var browser = await SuperuserAsync();
        var done = new List<string>();
        foreach (var (method, path) in Doors())
        {
            using var answer = await SendAsync(browser, method, path, origin: null);
            // Sent back to the page of the form, or told.
            var back = answer.Headers.Location?.OriginalString.Split('?')[0] == path;
            if ((int)answer.StatusCode < 400 && !back)
                done.Add($"{method} {path}");
        }
        done.ShouldBe(free, ignoreOrder: true);
    }

    [Theory]
    [InlineData("https://evil.example.org", null)]
    [InlineData("null", null)]
    [InlineData("http://localhost:1", "same-site")]
    [InlineData(null, "cross-site")]
    public async Task Other_sites_get_nowhere(string? origin, string? relation)
    {
        using var browser = await SuperuserAsync();
        foreach (var (method, path) in Doors())
        {
            using var answer = await SendAsync(browser, method, path, origin, relation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("CSRF Failed");
        }
    }

    [Fact]
    public void Only_doors_of_protocols_are_open_to_other_sites()
    {
        var open = Changing().Where(d => d.Metadata.GetMetadata<OtherSites>() is not null).Select(d => "/" + d.RoutePattern.RawText!.TrimStart('/'));
        open.ShouldAllBe(path => path.StartsWith("/application/o/", StringComparison.Ordinal));
    }

    async Task<HttpClient> SuperuserAsync()
    {
        var browser = server.Browser();
        (await SessionDoors.SignInAsync(browser, await server.AddSuperuserAsync($"forged-{Guid.NewGuid():N}"))).Dispose();
        return browser;
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string method, string path, string? origin, string? relation = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new FormUrlEncodedContent([new("theme", "dark"), new("code", "x")]) };
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (relation is not null)
            request.Headers.Add("Sec-Fetch-Site", relation);
        return await browser.SendAsync(request, Cancellation);
    }

    IEnumerable<RouteEndpoint> Changing() =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(m => m is not ("GET" or "HEAD")) is true
        select endpoint;

    IReadOnlyList<(string Method, string Path)> Doors() =>
    [
        .. from door in Changing()
           where door.Metadata.GetMetadata<OtherSites>() is null
           from method in door.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
           where method is not ("GET" or "HEAD")
           select (method, Parameter().Replace("/" + door.RoutePattern.RawText!.TrimStart('/'), m => m.Value.Contains(":int", StringComparison.Ordinal) || m.Value.Contains(":long", StringComparison.Ordinal) ? "1" : Guid.Empty.ToString())),
    ];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
