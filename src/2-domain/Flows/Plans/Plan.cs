using Postern.Storage.Kinds;

namespace Postern.Flows.Plans;

/// <summary>One person's run of a flow: the stages still ahead, and what is known so far.</summary>
public sealed class Plan
{
    public required Guid FlowPk { get; init; }

    /// <summary>The link the run began with; another link means another run.</summary>
    public string Origin { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Stages ahead; the first is the current one.</summary>
    public List<PlannedStage> Stages { get; init; } = [];

    public PlanContext Context { get; init; } = new();

    /// <summary>Puts a stage that has no row right after the current one.</summary>
    public void Insert(Stage stage, int index = 1) => Stages.Insert(Math.Min(index, Stages.Count), new PlannedStage { Inline = stage });

    /// <summary>Puts a configured stage right after the current one.</summary>
    public void Insert(Guid stagePk, int index = 1) => Stages.Insert(Math.Min(index, Stages.Count), new PlannedStage { StagePk = stagePk });

    public void Append(Stage stage) => Stages.Add(new PlannedStage { Inline = stage });

    /// <summary>Sends the person to an address once the current stage is done.</summary>
    public void Redirect(string to) => Insert(new RedirectOnce { To = to });
}

/// <summary>A stage of a plan: bound to the flow, or inserted.</summary>
public sealed class PlannedStage
{
    public Guid? BindingPk { get; init; }

    public Guid? StagePk { get; init; }

    /// <summary>A stage that exists in this plan only.</summary>
    public Stage? Inline { get; init; }

    /// <summary>Ask the binding's policies once more just before the stage.</summary>
    public bool ReEvaluate { get; init; }
}

/// <summary>An inserted stage that leads to an address.</summary>
public sealed class RedirectOnce : Stage
{
    public string To { get; set; } = "";

    public static readonly ModelKind<RedirectOnce> Kind = StageKind.DeclareInternal<RedirectOnce>("authentik_flows.redirectonce", static k => k.Text("to", s => s.To));
}
