using Postern.Storage.Kinds;

namespace Postern.Invitations.Bulk;

/// <summary>The declaration of batches of invitations; they belong to who asked for them.</summary>
public static class InvitationBatchKind
{
    public static readonly ModelKind<InvitationBatch> Kind = ModelKind<InvitationBatch>.Declare("authentik_stages_invitation.invitationbatch", static (k, kind) =>
    {
        k.Labels("Invitation batch", "Invitation batches").Path("stages/invitation/batches", Verbs.List | Verbs.Retrieve | Verbs.Delete).Table("invitation_batch").NotInBlueprints();
        k.Named(b => $"{b.Total} invitations of {b.RequestedOn:yyyy-MM-dd HH:mm}").OwnedBy(b => b.RequestedByPk);
        k.Key(b => b.Pk);
        k.Expand("requested_by", b => b.RequestedByPk, "authentik_core.user", "pk", "username", "name", "is_active", "last_login", "email", "attributes", "uid");
        k.Timestamp("requested_on", b => b.RequestedOn).ReadOnly();
        k.Computed("state", b => b.State);
        k.Json("template", b => b.Template).ReadOnly();
        k.Boolean("dry_run", b => b.DryRun).ReadOnly();
        k.Boolean("keep_going", b => b.KeepGoing).ReadOnly();
        k.Integer("total", b => b.Total).ReadOnly();
        k.Integer("checked", b => b.Checked).ReadOnly();
        k.Integer("done", b => b.Done).ReadOnly();
        k.Integer("failed", b => b.Failed).ReadOnly();
        k.Text("error", b => b.Error).ReadOnly();
        k.Computed("problems", BulkRows.ProblemsAsync);
        k.Order("-requested_on");
    });
}
