using Postern.Storage.Kinds;

namespace Postern.Blueprints.Instances;

/// <summary>The declaration of blueprint instances.</summary>
public static class BlueprintInstanceKind
{
    /// <summary>The wire name.</summary>
    public const string Name = "authentik_blueprints.blueprintinstance";

    /// <summary>The kind.</summary>
    public static readonly ModelKind<BlueprintInstance> Kind = ModelKind<BlueprintInstance>.Declare(Name, static (k, kind) =>
    {
        k.Labels("Blueprint Instance", "Blueprint Instances").Path("managed/blueprints").PathParameter("instance_uuid").Table("blueprint_instance");
        k.Key(b => b.Pk);
        k.Text("name", b => b.Name).Required().Unique();
        k.Text("path", b => b.Path).Help("Path of a blueprint file of the installation, such as default/brand.yaml.");
        k.Json("context", b => b.Context).Help("Values that win over the blueprint's own context.");
        k.Timestamp("last_applied", b => b.LastApplied).ReadOnly();
        k.Text("last_applied_hash", b => b.LastAppliedHash).ReadOnly();
        k.Choice("status", b => b.Status).ReadOnly();
        k.Boolean("enabled", b => b.Enabled);
        k.TextList("managed_models", b => b.ManagedModels).ReadOnly();
        k.Json("metadata", b => b.Metadata).ReadOnly();
        k.LongText("content", b => b.Content).Help("The blueprint itself, when it is no file.");
        k.Filters("name", "path");
        k.Search(b => b.Name, b => b.Path);
        k.Order("name", "path", "last_applied", "status", "enabled");
        k.Validate(CheckInstance.CheckAsync);
        k.AfterSave(CheckInstance.QueueAsync);
    });
}
