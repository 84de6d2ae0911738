using System.Text.Json.Nodes;
using Postern.Kernel;

namespace Postern.Flows.Running;

/// <summary>What a stage says. The set is closed.</summary>
public abstract record StageOutcome
{
    /// <summary>Show this. <paramref name="Component"/> names the challenge; members that all challenges share are added by the executor.</summary>
    public sealed record Challenge(string Component, JsonObject Members) : StageOutcome
    {
        /// <summary>Whose name and picture the challenge shows with it.</summary>
        public bool WithUser { get; init; }

        /// <summary>What was wrong with the answer; empty for a fresh challenge.</summary>
        public FieldErrors Errors { get; init; } = new();
    }

    /// <summary>Done: on to the next stage.</summary>
    public sealed record Ok : StageOutcome;

    /// <summary>The flow ends here with a refusal; null shows <c>Unknown error</c>.</summary>
    public sealed record Denied(string? Message) : StageOutcome;

    /// <summary>Plan the flow again from its beginning.</summary>
    public sealed record Restart(bool KeepContext) : StageOutcome;

    /// <summary>Leave for an address; the stage is done.</summary>
    public sealed record Redirect(string To) : StageOutcome;

    public static readonly StageOutcome Done = new Ok();

    public static StageOutcome Deny(string? message) => new Denied(message);
}
