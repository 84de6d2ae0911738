using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.Stages.Dummy;

/// <summary>Shows its name and goes on; for trying flows out.</summary>
public sealed class DummyStage : Stage
{
    public bool ThrowError { get; set; }

    public static readonly ModelKind<DummyStage> Kind = StageKind.Declare<DummyStage>(
        "authentik_stages_dummy.dummystage", "dummy", "ak-stage-dummy-form", "Dummy Stage", static k =>
        {
            k.Describe("Used for debugging.");
            k.Boolean("throw_error", s => s.ThrowError);
        });
}

/// <summary>Shows the stage's name; fails where it is told to.</summary>
sealed class RunDummy : IStage<DummyStage>
{
    public ValueTask<StageOutcome> StartAsync(DummyStage stage, StageRun run, CancellationToken cancellation) => stage.ThrowError
        ? throw new InvalidOperationException("Test error")
        : ValueTask.FromResult<StageOutcome>(new StageOutcome.Challenge("ak-stage-dummy", new JsonObject { ["name"] = stage.Name }));

    public ValueTask<StageOutcome> AnswerAsync(DummyStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) =>
        ValueTask.FromResult(StageOutcome.Done);
}
