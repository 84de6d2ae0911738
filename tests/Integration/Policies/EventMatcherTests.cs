using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Kernel;
using Postern.Policies.Bindings;
using Postern.Policies.Engine;
using Postern.Policies.EventMatcher;
using Postern.Storage;

namespace Postern.Tests.Integration.Policies;

/// <summary>Event matchers that ask the event log by a query.</summary>
public sealed class EventMatcherTests(PolicyServer fixture) : IClassFixture<PolicyServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""context.model.name = "harbour" and action = "model_updated" """, true)]
    [InlineData("""user.username startswith "ad" """, true)]
    [InlineData("""context.model.name = "quay" """, false)]
    [InlineData("""action in ("login", "logout")""", false)]
    public async Task A_query_finds_the_event_or_not(string query, bool passes)
    {
        var entry = await fixture.Server.InScopeAsync(async services =>
        {
            var made = new Event
            {
                Action = "model_updated",
                App = "authentik_core",
                User = new JsonObject { ["username"] = "ada" },
                Context = new JsonObject { ["model"] = new JsonObject { ["name"] = "harbour" } },
                Created = fixture.Server.Clock.GetUtcNow(),
                Expires = fixture.Server.Clock.GetUtcNow().AddDays(1),
            };
            var db = services.GetRequiredService<PosternDb>();
            db.Add(made);
            await db.SaveChangesAsync(Cancellation);
            return made;
        });
        var target = Guid.NewGuid();
        var policy = await fixture.MakeAsync<EventMatcherPolicy>(EventMatcherPolicyKind.Kind, new JsonObject { ["name"] = $"query {target}", ["query"] = query }.ToJsonString());
        await fixture.BindAsync(new PolicyBinding { Target = target, PolicyPk = policy.Pk });

        var verdict = await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Ada, Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["event"] = entry } });
        verdict.Passing.ShouldBe(passes);
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Ada })).Passing.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_left_empty_matches_every_event_and_nothing_else()
    {
        var target = Guid.NewGuid();
        var policy = await fixture.MakeAsync<EventMatcherPolicy>(EventMatcherPolicyKind.Kind, """{"name": "every event"}""");
        await fixture.BindAsync(new PolicyBinding { Target = target, PolicyPk = policy.Pk });
        var context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["event"] = new Event { Action = "login", App = "authentik_core" } };
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Ada, Context = context })).Passing.ShouldBeTrue();
        (await fixture.EvaluateAsync(target, PolicyEngineMode.Any, new PolicyRequest { User = fixture.Ada })).Passing.ShouldBeFalse();
    }

    [Fact]
    public async Task A_query_that_is_none_is_refused_with_its_place()
    {
        var saved = await fixture.SaveAsync(EventMatcherPolicyKind.Kind, """{"name": "broken", "query": "action = = 1"}""");
        saved.Fault.ShouldBeOfType<Fault.Invalid>().Errors["query"].ShouldHaveSingleItem().ShouldStartWith("line 1, column ");
    }
}
