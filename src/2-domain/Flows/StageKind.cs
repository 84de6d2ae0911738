using Microsoft.EntityFrameworkCore;
using Postern.Flows.Bindings;
using Postern.Storage.Kinds;

namespace Postern.Flows;

/// <summary>The declaration of stages of any kind, and what each kind's own declaration starts with.</summary>
public static class StageKind
{
    public static readonly ModelKind<Stage> Kind = ModelKind<Stage>.Declare("authentik_flows.stage", static (k, kind) =>
    {
        k.Labels("Stage", "Stages").Path("stages/all", Verbs.List | Verbs.Retrieve | Verbs.Delete | Verbs.UsedBy).PathParameter("stage_uuid").Table("stage").NotInBlueprints();
        Members(k);
    });

    /// <summary>Declares a kind of stage: the members of every stage, then its own. The path is below <c>/api/v3/stages/</c>.</summary>
    public static ModelKind<T> Declare<T>(string name, string path, string component, string label, Action<KindBuilder<T>> own)
        where T : Stage, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Extends(Kind).Labels(label, $"{label}s").Path($"stages/{path}").Component(component);
            Members(k);
            own(k);
        });

    /// <summary>Declares a kind of stage that plans insert but nobody configures.</summary>
    public static ModelKind<T> DeclareInternal<T>(string name, Action<KindBuilder<T>> own)
        where T : Stage, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Extends(Kind).Labels("Internal stage", "Internal stages").NotInBlueprints();
            k.Key(s => s.Pk);
            k.Text("name", s => s.Name);
            own(k);
        });

    static void Members<T>(KindBuilder<T> k)
        where T : Stage, new()
    {
        k.Key(s => s.Pk).Aliases("stage_uuid");
        k.Text("name", s => s.Name).Required().Unique();
        k.Meta();
        k.Computed("flow_set", FlowSets.LoadAsync);
        k.Filters("name", "stage_uuid");
        k.Filter("no_flows", static (query, db, values, errors) => bool.TryParse(values[^1], out var none) && none
            ? query.Where(s => !db.Set<FlowStageBinding>().Any(b => b.Stage == s.Pk))
            : query);
        k.Search(s => s.Name);
        k.Order("name");
    }
}
