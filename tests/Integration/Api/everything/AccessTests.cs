using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Kinds;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Every operation there is: for nobody, for a person without rights, for an administrator. The lists here only get shorter.</summary>
public sealed class AccessTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Answered without credentials.</summary>
    static readonly string[] open =
    [
        "GET core/brands/current/", "GET flows/executor/{flow_slug}/", "POST flows/executor/{flow_slug}/", "GET root/config/", "GET schema/",
    ];

    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Without_credentials_only_what_must_be_open_is()
    {
        using var nobody = server.Program();
        var answered = new List<string>();
        foreach (var door in Doors.Of(server))
        {
            var answer = await nobody.CallAsync(door.Method, Filled(door.Path, door.Nothing), door.Method is "GET" ? null : "{}");
            if (answer.Status is not HttpStatusCode.Forbidden)
                answered.Add(door.ToString());
            else
                answer.Text.ShouldBe("""{"detail":"Authentication credentials were not provided."}""", door.ToString());
        }
        answered.ShouldBe(open, ignoreOrder: true);
    }

    [Fact]
    public async Task A_person_without_rights_gets_at_their_own_things_and_no_others()
    {
        using var admin = await server.SuperuserAsync();
        using var person = await server.WithRightsAsync();
        var calls = new Calls(server, new Samples(server, admin), (await admin.GetApiAsync("schema/")).Json.AsObject());
        var answered = new List<string>();
        foreach (var door in Doors.Of(server).Where(d => !open.Contains(d.ToString(), StringComparer.Ordinal)))
        {
            var answer = await calls.SendAsync(person, door);
            if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                answered.Add($"{door} {(int)answer.Status}");
        }
        answered.ShouldBe(Exempt.Everybody, ignoreOrder: true);
    }

    [Fact]
    public async Task Who_may_look_at_everything_changes_nothing()
    {
        using var admin = await server.SuperuserAsync();
        var kinds = server.Services.GetRequiredService<KindRegistry>().All;
        using var viewer = await server.WithRightsAsync([.. kinds.Select(k => $"{k.App}.view_{k.Model}").Distinct(StringComparer.Ordinal)]);
        var calls = new Calls(server, new Samples(server, admin), (await admin.GetApiAsync("schema/")).Json.AsObject());
        var (changed, refused) = (new List<string>(), new List<string>());
        foreach (var door in Doors.Of(server).Where(d => !open.Contains(d.ToString(), StringComparer.Ordinal)))
        {
            var answer = await calls.SendAsync(viewer, door);
            if (door.Method is not "GET" && answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                changed.Add($"{door} {(int)answer.Status}");
            if (door.Method is "GET" && door.Endpoint.Metadata.GetMetadata<KindDoor>() is not null && answer.Status is HttpStatusCode.Forbidden)
                refused.Add(door.ToString());
        }
        changed.ShouldBe([.. Exempt.Everybody.Where(e => !e.StartsWith("GET ", StringComparison.Ordinal)), .. Exempt.Viewers], ignoreOrder: true);
        refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delegate_gets_at_what_was_delegated_and_nothing_beside()
    {
        using var admin = await server.SuperuserAsync();
        using var delegated = await server.WithRightsAsync("authentik_core.view_group", "authentik_core.add_group", "authentik_core.change_group", "authentik_core.delete_group");
        var calls = new Calls(server, new Samples(server, admin), (await admin.GetApiAsync("schema/")).Json.AsObject());
        var answered = new List<string>();
        foreach (var door in Doors.Of(server).Where(d => !open.Contains(d.ToString(), StringComparer.Ordinal)).OrderBy(d => d.Method is "DELETE"))
        {
            var answer = await calls.SendAsync(delegated, door);
            if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
                answered.Add($"{door} {(int)answer.Status}");
        }
        answered.ShouldBe([.. Exempt.Everybody, .. Exempt.GroupDelegate], ignoreOrder: true);
    }

    [Fact]
    public async Task An_administrator_gets_at_everything()
    {
        using var admin = await server.SuperuserAsync();
        var calls = new Calls(server, new Samples(server, admin), (await admin.GetApiAsync("schema/")).Json.AsObject());
        await server.AddSessionAsync(await server.AddUserAsync("sitter"));
        var refused = new List<string>();
        // What ends the caller's own session or deletes comes last.
        foreach (var door in Doors.Of(server).OrderBy(d => d.Method is "DELETE"))
        {
            var answer = await calls.SendAsync(admin, door);
            if (answer.Status is >= HttpStatusCode.BadRequest)
                refused.Add($"{door} {answer}");
        }
        refused.Select(r => string.Join(' ', r.Split(' ').Take(3))).ShouldBe(Exempt.NotReached, ignoreOrder: true, string.Join('\n', refused));
    }

    static string Filled(string path, string value) => System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", value, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
