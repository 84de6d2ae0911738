using System.Text.Json.Nodes;
using Postern.Flows.Plans;

namespace Postern.Flows.Running;

/// <summary>Runs the inserted stage that leads to an address.</summary>
sealed class RunRedirectOnce : IStage<RedirectOnce>
{
    public ValueTask<StageOutcome> StartAsync(RedirectOnce stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult<StageOutcome>(new StageOutcome.Redirect(stage.To));

    public ValueTask<StageOutcome> AnswerAsync(RedirectOnce stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}
