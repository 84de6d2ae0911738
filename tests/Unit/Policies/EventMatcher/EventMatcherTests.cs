using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Policies.EventMatcher;

namespace Postern.Tests.Unit.Policies.EventMatcher;

public sealed class EventMatcherTests
{
    static readonly Event Created = new()
    {
        Action = "model_created",
        App = "authentik_core",
        ClientIp = "192.0.2.1",
        Context = new JsonObject { ["model"] = new JsonObject { ["app"] = "authentik_core", ["model_name"] = "user" } },
    };

    [Theory]
    [InlineData("model_created", null, null, null, "Action matched.")]
    [InlineData("login", null, null, null, null)]
    [InlineData(null, "192.0.2.1", null, null, "Client IP matched.")]
    [InlineData(null, "192.0.2.2", null, null, null)]
    [InlineData(null, null, "authentik.core", null, "App matched.")]
    [InlineData(null, null, "authentik_core", null, "App matched.")]
    [InlineData(null, null, "authentik.flows", null, null)]
    [InlineData(null, null, null, "authentik_core.user", "Model matched.")]
    [InlineData(null, null, null, "authentik_core.group", null)]
    [InlineData("model_created", "192.0.2.1", "authentik.core", "authentik_core.user", "Action matched.|Client IP matched.|App matched.|Model matched.")]
    public void Every_criterion_set_must_fit(string? action, string? ip, string? app, string? model, string? messages)
    {
        var verdict = DecideEventMatcher.Decide(new EventMatcherPolicy { Action = action, ClientIp = ip, App = app, Model = model }, Created, queryFits: false);
        verdict.Passing.ShouldBe(messages is not null);
        if (messages is not null)
            string.Join('|', verdict.Messages).ShouldBe(messages);
    }

    [Fact]
    public void One_criterion_that_does_not_fit_is_enough_to_refuse()
    {
        var verdict = DecideEventMatcher.Decide(new EventMatcherPolicy { Action = "model_created", ClientIp = "192.0.2.9" }, Created, queryFits: false);
        verdict.Passing.ShouldBeFalse();
        verdict.Messages.ShouldBe(["Action matched."]);
    }
}
