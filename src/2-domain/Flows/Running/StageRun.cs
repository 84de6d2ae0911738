using Microsoft.AspNetCore.Http;
using Postern.Directory.Users;
using Postern.Flows.Bindings;
using Postern.Flows.Plans;
using Postern.Policies.Engine;

namespace Postern.Flows.Running;

/// <summary>What a stage sees of the run it is part of.</summary>
public sealed class StageRun
{
    public required HttpContext Http { get; init; }

    /// <summary>The request's facts for policies and expressions.</summary>
    public required HttpFacts Facts { get; init; }

    /// <summary>The query of the page that runs the flow (<c>next</c>, <c>itoken</c>, ...).</summary>
    public required PageQuery Query { get; init; }

    public required Flow Flow { get; init; }

    public required Plan Plan { get; init; }

    /// <summary>The stage's place in the flow; null for a stage that was inserted into the plan.</summary>
    public FlowStageBinding? Binding { get; internal set; }

    /// <summary>Who is signed in; null for nobody. Signing in during the run changes it.</summary>
    public User? SignedIn { get; set; }

    /// <summary>Whether the answer to a stage before this one led here, in this very request.</summary>
    public bool Answered { get; internal set; }

    public PlanContext Context => Plan.Context;

    /// <summary>The person the flow is about: the plan's, else who is signed in.</summary>
    public User? PendingUser => Context.PendingUser ?? SignedIn;

    /// <summary>Messages to show with the next page, in order.</summary>
    public List<FlowMessage> Messages { get; } = [];

    public void Say(MessageLevel level, string text) => Messages.Add(new FlowMessage(level, text));

    /// <summary>The situation as policies see it.</summary>
    public PolicyRequest ForPolicies(object? about, IDictionary<string, object?>? context = null) => new()
    {
        User = PendingUser,
        Caller = Api.Http.CallerFeature.Caller(Http),
        Http = Facts,
        Context = context ?? Context.ForPolicies(Plan),
        Obj = about,
    };
}

/// <summary>A message for the person in front of the page.</summary>
public sealed record FlowMessage(MessageLevel Level, string Text);

/// <summary>How a message is meant.</summary>
public enum MessageLevel
{
    Info,
    Success,
    Warning,
    Error,
}
