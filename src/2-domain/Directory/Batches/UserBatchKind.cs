using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Directory.Batches;

/// <summary>The declaration of batches; they belong to who asked for them.</summary>
public static class UserBatchKind
{
    public static readonly ModelKind<UserBatch> Kind = ModelKind<UserBatch>.Declare("authentik_core.userbatch", static (k, kind) =>
    {
        k.Labels("User batch", "User batches").Path("core/user_batches", Verbs.List | Verbs.Retrieve | Verbs.Delete).Table("user_batch").NotInBlueprints();
        k.Named(b => $"{Title(b.Action)} of {b.RequestedOn:yyyy-MM-dd HH:mm}").OwnedBy(b => b.RequestedByPk);
        k.Key(b => b.Pk);
        k.Choice("action", b => b.Action).ReadOnly();
        k.Expand("requested_by", b => b.RequestedByPk, "authentik_core.user", [.. Users.UserKind.Partial]);
        k.Timestamp("requested_on", b => b.RequestedOn).ReadOnly();
        k.Computed("state", b => WireEnum<BatchState>.Name(b.State));
        k.Json("parameters", b => b.Parameters).ReadOnly();
        k.Computed("total", b => b.Total);
        k.Integer("done", b => b.Done).ReadOnly();
        k.Integer("failed", b => b.Failed).ReadOnly();
        k.AnyJson("problems", b => b.Problems).ReadOnly();
        k.Text("error", b => b.Error).ReadOnly();
        k.Filters("action");
        k.Order("-requested_on");
    });

    /// <summary>An action as people call it.</summary>
    public static string Title(BatchAction action) => action switch
    {
        BatchAction.Import => "Import",
        BatchAction.Activate => "Activate",
        BatchAction.Deactivate => "Deactivate",
        BatchAction.Delete => "Delete",
        BatchAction.Move => "Move to folder",
        BatchAction.MoveFolder => "Move folder",
        BatchAction.AddToGroup => "Add to group",
        BatchAction.RemoveFromGroup => "Remove from group",
        _ => "Revoke sessions",
    };
}
