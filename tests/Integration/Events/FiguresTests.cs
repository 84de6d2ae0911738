using System.Net;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Events;

/// <summary>Figures over events: <c>volume</c>, <c>stats</c>, <c>top_per_user</c>.</summary>
public sealed class FiguresTests(FiguresServer fixture) : IClassFixture<FiguresServer>
{
    [Fact]
    public async Task Volume_counts_each_action_in_quarters_of_days()
    {
        var volume = await fixture.Root.GetApiAsync("events/events/volume/?actions=custom_a&actions=custom_b&history_days=3");
        volume.Json.AsArray().Select(v => $"{v!["action"]} {v["time"]} {v["count"]}").ShouldBe(
        [
            $"custom_a {fixture.Noon.AddDays(-2):yyyy-MM-dd}T06:00:00Z 2", $"custom_a {fixture.Noon.AddDays(-1):yyyy-MM-dd}T06:00:00Z 1", $"custom_b {fixture.Noon.AddDays(-1):yyyy-MM-dd}T06:00:00Z 1",
        ]);
        (await fixture.Root.GetApiAsync("events/events/volume/?action=custom_a&history_days=3&search=nobody-at-all")).Json.AsArray().ShouldBeEmpty();
        (await fixture.Root.GetApiAsync("events/events/volume/?actions=custom_a&history_days=9999")).Json.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Stats_count_people_and_spans()
    {
        var stats = await fixture.Root.GetApiAsync("events/events/stats/?actions=custom_a&count_steps=hours=30&count_steps=days=3;hours=1&count_steps=weeks=999");
        stats.Json.ToJsonString().ShouldBe("""{"unique_users":2,"count_step":{"hours_30":1,"days_3_hours_1":3,"weeks_999":4}}""");
        (await fixture.Root.GetApiAsync("events/events/stats/?count_steps=soon")).Member("count_steps").ShouldBe("""["soon is not in the correct format of 'hours=3;minutes=1'."]""");
    }

    [Fact]
    public async Task Top_names_the_applications_used_most()
    {
        var top = await fixture.Root.GetApiAsync("events/events/top_per_user/?top_n=1");
        top.Json.ToJsonString().ShouldBe("""[{"application":{"app":"authentik_core","model_name":"application","pk":"wiki","name":"Wiki"},"counted_events":3,"unique_users":2}]""");
        (await fixture.Root.GetApiAsync("events/events/top_per_user/")).Json.AsArray().Count.ShouldBe(2);
        (await fixture.Root.GetApiAsync("events/events/top_per_user/?top_n=x")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("volume")]
    [InlineData("stats")]
    [InlineData("top_per_user")]
    public async Task Needs_the_right_to_view_events(string figure)
    {
        (await fixture.Server.Program().GetApiAsync($"events/events/{figure}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await fixture.Server.WithRightsAsync("authentik_core.view_user")).GetApiAsync($"events/events/{figure}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await fixture.Server.WithRightsAsync("authentik_events.view_event")).GetApiAsync($"events/events/{figure}/")).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.Root.GetApiAsync($"events/events/{figure}/?actions=nonsense")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }
}

/// <summary>A server with a few events on known days.</summary>
public sealed class FiguresServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public HttpClient Root { get; private set; } = null!;

    public DateTime Noon { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        Root = await Server.SuperuserAsync();
        Noon = Server.Clock.GetUtcNow().UtcDateTime.Date.AddHours(11);
        // The clock stands at noon, so that the quarters of days are known.
        Server.Clock.Advance(Noon.AddDays(1).AddHours(1) - Server.Clock.GetUtcNow().UtcDateTime);
        Noon = Noon.AddDays(1);
        await AddAsync("custom_a", 1, 2);
        await AddAsync("custom_a", 2, 2);
        await AddAsync("custom_a", 1, 1);
        await AddAsync("custom_b", 1, 1);
        await AddAsync("custom_a", 1, 59);
        foreach (var (user, application) in new[] { (1, "wiki"), (1, "wiki"), (2, "wiki"), (1, "chat") })
        {
            var name = char.ToUpperInvariant(application[0]) + application[1..];
            await AddAsync("authorize_application", user, 1, new JsonObject { ["authorized_application"] = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "application", ["pk"] = application, ["name"] = name } });
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    Task AddAsync(string action, int user, int daysAgo, JsonObject? context = null) => Server.Database.ExecuteAsync(
        $$"""
        INSERT INTO event (pk, "user", action, app, context, created, expires, brand, from_outside)
        VALUES (gen_random_uuid(), '{"pk": {{user}}, "username": "u{{user}}"}', '{{action}}', 'authentik_core', '{{context?.ToJsonString() ?? "{}"}}', '{{Noon.AddDays(-daysAgo):yyyy-MM-dd HH:mm:ss}}Z', '2099-01-01', '{}', false)
        """);
}
