using System.Net;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Programs that apply the same twice: what was answered, sent back, changes nothing. For every kind there is.</summary>
public sealed class SecondApplyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task What_was_answered_sent_back_changes_nothing_and_is_no_event(string method)
    {
        using var admin = await server.SuperuserAsync();
        var samples = new Samples(server, admin);
        var kinds = Samples.Creatable(server).Where(k => k.Verbs.HasFlag(Verbs.Update)).ToList();
        kinds.Count.ShouldBeGreaterThan(30);
        foreach (var kind in kinds)
        {
            var made = await samples.MakeAsync(kind);
            var path = $"{kind.Path}/{Samples.Lookup(kind, made)}/";
            var before = (await admin.GetApiAsync(path)).Json.AsObject();
            var updates = await UpdatesAsync();

            var answer = await admin.CallAsync(method, path, before.ToJsonString());
            answer.Status.ShouldBe(HttpStatusCode.OK, $"{method} {kind.Name}: {answer}");
            Settled((await admin.GetApiAsync(path)).Json.AsObject()).ShouldBe(Settled(before), $"{method} {kind.Name}");
            Settled(answer.Json.AsObject()).ShouldBe(Settled(before), $"{method} {kind.Name}");
            (await UpdatesAsync()).ShouldBe(updates, $"{method} {kind.Name} wrote that it was changed");
        }
    }

    Task<long> UpdatesAsync() => server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_updated'");

    // When it was last written is no part of what is configured.
    static string Settled(JsonObject json)
    {
        var rest = json.DeepClone().AsObject();
        rest.Remove("last_updated");
        return rest.ToJsonString();
    }
}
