using System.Text.Json.Nodes;
using Postern.Flows.Running;

namespace Postern.Flows;

/// <summary>The door each kind of stage implements: what it shows, and what it makes of the answer.</summary>
public interface IStage<in T>
    where T : Stage
{
    /// <summary>The stage is reached: it shows a challenge, or is done without one. It may be asked again (a reload).</summary>
    ValueTask<StageOutcome> StartAsync(T stage, StageRun run, CancellationToken cancellation);

    /// <summary>Somebody answered the challenge. The answer is whatever was sent: nothing in it is to be trusted.</summary>
    ValueTask<StageOutcome> AnswerAsync(T stage, StageRun run, JsonObject answer, CancellationToken cancellation);
}
