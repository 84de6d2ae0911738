using Postern.Brands;
using Postern.Flows.Bindings;

namespace Postern.Flows.Designing;

/// <summary>A flow as it is set up, for those who look through it.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Begins">Whether its policies let people begin: everybody, nobody, or null where it depends.</param>
/// <param name="Stages">Its stages in order.</param>
/// <param name="All">The other flows and stages.</param>
/// <param name="Brands">The brands, which name flows.</param>
public sealed record FlowDesign(Flow Flow, bool? Begins, IReadOnlyList<DesignedStage> Stages, FlowPicture All, IReadOnlyList<Brand> Brands)
{
    /// <summary>The brand for hosts that no other brand names; null for none.</summary>
    public Brand? DefaultBrand => Brands.FirstOrDefault(b => b.Default);

    /// <summary>The stages of a kind, in order.</summary>
    public IEnumerable<(DesignedStage Place, T Stage)> Of<T>()
        where T : Stage =>
        Stages.Where(s => s.Stage is T).Select(s => (s, (T)s.Stage));
}

/// <summary>A stage in its place.</summary>
/// <param name="Binding">The place.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Passes">Whether its policies let the stage stand: for everybody, nobody, or null where it depends.</param>
public sealed record DesignedStage(FlowStageBinding Binding, Stage Stage, bool? Passes)
{
    /// <summary>Kind and name, as people call it.</summary>
    public string Title => $"{StageKind.Kind.Of(Stage).Label} “{Stage.Name}”";
}
