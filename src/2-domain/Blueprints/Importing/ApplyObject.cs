using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>Brings one stored object to the state an entry asks for.</summary>
internal sealed class ApplyObject(MatchObject match, WriteObject write, DeleteObject delete, FindUses uses, GrantPermissions grants, ILicenseRules licenses)
{
    public async Task ExecuteAsync(EntryWork work, ModelKind kind, EntryState state, CancellationToken cancellation)
    {
        var resolved = await work.ResolveAsync(work.Entry.Identifiers, cancellation);
        if (resolved.IsFailed)
            return;
        if (resolved.Value is not JsonObject { Count: > 0 } identifiers)
        {
            work.Fail(work.Entry.Identifiers.Place, "No or invalid identifiers");
            return;
        }

        work.Identifiers = PkReplacement.InIdentifiers(kind, identifiers, work.Objects);
        var existing = await match.ExecuteAsync(work, kind, cancellation);
        if (work.HasFailed)
            return;
        if (!IsSettled(state, existing) && !await licenses.MayWriteAsync(kind.Name, isNew: existing is null, cancellation))
            work.Fail(work.Entry.Place, ILicenseRules.Denied);
        else if (state is EntryState.Absent)
            await DeleteAsync(work, kind, existing, cancellation);
        else if (existing is not null && state is EntryState.MustCreated)
            RefuseExisting(work);
        else
            await SaveAsync(work, kind, state, existing, cancellation);
    }

    static bool IsSettled(EntryState state, object? existing) => existing is null ? state is EntryState.Absent : state is EntryState.Created;

    async Task SaveAsync(EntryWork work, ModelKind kind, EntryState state, object? existing, CancellationToken cancellation)
    {
        var entity = existing is not null && state is EntryState.Created ? existing : await write.ExecuteAsync(work, kind, existing, cancellation);
        if (entity is null)
            return;
        work.Pk = kind.KeyOf(entity);
        if (work.Entry.Id is { } id)
            work.Objects.Applied(id, Keys.Of(kind, entity));
        work.Objects.Declare(work.Identifiers, Keys.Of(kind, entity));
        await grants.ExecuteAsync(work, kind, entity, cancellation);
    }

    async Task DeleteAsync(EntryWork work, ModelKind kind, object? existing, CancellationToken cancellation)
    {
        if (existing is null)
            return;
        work.Pk = kind.KeyOf(existing);
        if (work.Run.IsPlan)
            work.Uses = await uses.ExecuteAsync(kind, work.Caller, existing, cancellation);
        var deleted = await delete.ExecuteAsync(kind, work.Caller, existing, cancellation);
        if (deleted.Fault is { } fault)
            Refusals.Add(work, kind, fault);
        else
            work.Action = EntryAction.Deleted;
    }

    static void RefuseExisting(EntryWork work)
    {
        foreach (var (name, _) in work.Identifiers)
            work.Fail(Places.Of(work.Entry, name), $"{name}: State is set to must_created and object exists already");
    }
}
