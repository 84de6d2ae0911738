using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Tests.Support.Portals;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Portal;

/// <summary>Every door of the portal, knocked at by everybody. Doors are taken from the running portal; what each should need stands below.</summary>
public sealed class RightsMatrixTests(RightsMatrixTests.Matrix matrix) : IClassFixture<RightsMatrixTests.Matrix>
{
    static readonly string[] Visitors = ["anonymous", "stranger", "member", "owner", "support"];

    [Fact]
    public void Every_door_is_in_the_table()
    {
        var doors = matrix.Doors.Select(d => $"{d.Method} {d.Pattern}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        doors.ShouldBe(RightsTable.Doors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Doors_open_for_whom_they_should_and_for_nobody_else()
    {
        List<string> wrong = [];
        foreach (var (method, pattern) in matrix.Doors)
        {
            foreach (var visitor in Visitors)
            {
                var expected = Expected(RightsTable.Doors[$"{method} {pattern}"], visitor, reads: method is "GET");
                var answer = await matrix.KnockAsync(visitor, method, pattern);
                if (answer.Status != expected)
                    wrong.Add($"{method} {pattern} by {visitor}: {answer.Status}, not {expected}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>204 is what stands behind all doors here.</summary>
    static HttpStatusCode Expected(string right, string visitor, bool reads) => (right, visitor) switch
    {
        ("public", _) => HttpStatusCode.NoContent,
        ("token", _) => HttpStatusCode.Unauthorized,
        (_, "anonymous") => HttpStatusCode.SeeOther,
        ("signed in", _) => HttpStatusCode.NoContent,
        ("support", "support") => HttpStatusCode.NoContent,
        ("support", _) => HttpStatusCode.NotFound,
        (_, "stranger") => HttpStatusCode.NotFound,
        (_, "owner") => HttpStatusCode.NoContent,
        ("member", "member") => HttpStatusCode.NoContent,
        ("member", "support") when reads => HttpStatusCode.NoContent,
        _ => HttpStatusCode.Forbidden,
    };

    public sealed class Matrix : IAsyncLifetime
    {
        readonly Dictionary<string, PortalVisitor> visitors = new(StringComparer.Ordinal);
        TestPortal portal = null!;
        string organization = "";

        public IReadOnlyList<(string Method, string Pattern)> Doors =>
        [
            .. portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null)
                .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => (m, e.RoutePattern.RawText!))),
        ];

        public async ValueTask InitializeAsync()
        {
            var behind = new BehindAllDoors();
            portal = await TestPortal.StartAsync(adjust: services => services.AddSingleton<IRequestStep>(behind));
            var owner = visitors["owner"] = await portal.VisitorAsync("owner@example.org");
            organization = (await owner.CreateOrganizationAsync("Matrix")).Split('/')[^1];
            visitors["anonymous"] = portal.Stranger();
            visitors["stranger"] = await portal.VisitorAsync("stranger@example.org");
            visitors["member"] = await portal.VisitorAsync("member@example.org");
            visitors["support"] = await portal.VisitorAsync("support@example.org", isSupport: true);
            await portal.Database.ExecuteAsync($"INSERT INTO membership VALUES ('{organization}', 'subject of member@example.org', 'member', now(), '')");
            foreach (var visitor in visitors.Where(v => v.Key is not "anonymous"))
                await visitor.Value.LearnTokenAsync();
            behind.Shut = true;
        }

        public Task<PortalAnswer> KnockAsync(string visitor, string method, string pattern)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(pattern, "\\{(?<name>[a-z]+)(?<rest>[^}]*)\\}", m => m.Groups["name"].Value is "org" ? organization : m.Groups["rest"].Value switch
            {
                ":guid" => Guid.NewGuid().ToString(),
                ":int" or ":long" => "1",
                _ => "something",
            }, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            return visitors[visitor].SendAsync(method, path);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var visitor in visitors.Values)
                visitor.Dispose();
            await portal.DisposeAsync();
        }
    }
}
