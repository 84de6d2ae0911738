using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.SavedViews;

/// <summary>Everybody keeps views of their own.</summary>
public sealed class SavedViewTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    async Task<HttpClient> PersonAsync(string name) => server.Program(await server.AddTokenAsync(await server.AddUserAsync(name)));

    [Fact]
    public async Task Belongs_to_who_made_it()
    {
        using var ann = await PersonAsync("views-ann");
        using var bob = await PersonAsync("views-bob");
        var made = await ann.PostApiAsync("core/saved_views/", """{"list": "directory/users", "name": "Leavers", "query": "?search=is_active+%3D+False", "user": 1}""");
        made.Status.ShouldBe(HttpStatusCode.Created);
        var pk = made.Json["pk"]!.ToString();
        (await ann.GetApiAsync("core/saved_views/?list=directory/users")).Each("name").ShouldBe(["\"Leavers\""]);
        (await bob.GetApiAsync("core/saved_views/")).Each("name").ShouldBeEmpty();
        (await bob.GetApiAsync($"core/saved_views/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.CallAsync("DELETE", $"core/saved_views/{pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.PostApiAsync("core/saved_views/", """{"list": "directory/users", "name": "Leavers"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await ann.CallAsync("DELETE", $"core/saved_views/{pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"list": "//evil.example", "name": "x"}""", "list")]
    [InlineData("""{"list": "directory/users", "name": " "}""", "name")]
    [InlineData("""{"list": "directory/users", "name": "x", "query": "/elsewhere"}""", "query")]
    [InlineData("""{"list": "directory/users", "name": "Twice"}""", "name")]
    public async Task Refuses(string body, string field)
    {
        using var cat = await PersonAsync($"views-{Guid.NewGuid():N}");
        await cat.PostApiAsync("core/saved_views/", """{"list": "directory/users", "name": "Twice"}""");
        var refused = await cat.PostApiAsync("core/saved_views/", body);
        (refused.Status, refused.Text).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.BadRequest), r => r.Text.ShouldStartWith($"{{\"{field}\""));
    }

    [Fact]
    public async Task Nobody_has_none()
    {
        using var nobody = server.Program();
        (await nobody.GetApiAsync("core/saved_views/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await nobody.PostApiAsync("core/saved_views/", """{"list": "directory/users", "name": "x"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
