using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Postern.Blueprints.Nodes;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Applies one entry behind a savepoint, so that a refused entry leaves no trace and the next one can still be tried.</summary>
internal sealed class ApplyEntry(PosternDb db, KindRegistry kinds, IEnumerable<IMetaModel> metaModels, ApplyObject objects)
{
    const string Savepoint = "blueprint_entry";

    public async Task ExecuteAsync(EntryWork work, CancellationToken cancellation)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Entries are applied in a transaction.");
        await transaction.CreateSavepointAsync(Savepoint, cancellation);
        try
        {
            await ApplyAsync(work, cancellation);
        }
        // A constraint that no rule of the kind stands for.
        catch (Exception failure) when (Integrity(failure) is { } refusal)
        {
            work.Fail(work.Entry.Place, $"The database refuses the values: {refusal.MessageText}");
        }

        if (work.HasFailed)
            await transaction.RollbackToSavepointAsync(Savepoint, cancellation);
        else
            await transaction.ReleaseSavepointAsync(Savepoint, cancellation);
    }

    async Task ApplyAsync(EntryWork work, CancellationToken cancellation)
    {
        var entry = work.Entry;
        if (!await AreMetAsync(work, cancellation))
        {
            work.Action = EntryAction.Skipped;
            return;
        }

        if (await TextAsync(work, entry.Model, "`model` is written as `app.model`, as in `authentik_core.user`.", cancellation) is not { } model)
            return;
        work.Model = model;
        if (metaModels.FirstOrDefault(meta => meta.Name.Equals(model, StringComparison.OrdinalIgnoreCase)) is { } instruction)
        {
            await instruction.ApplyAsync(work, cancellation);
            return;
        }

        if (Kind(work, model) is not { } kind)
            return;
        if (await TextAsync(work, entry.State, $"`state` is one of {EntryStates.All}.", cancellation) is not { } text)
            return;
        if (EntryStates.Parse(text) is { } state)
            await objects.ExecuteAsync(work, kind, state, cancellation);
        else
            work.Fail(entry.State.Place, $"`state` is one of {EntryStates.All}.");
    }

    static async Task<bool> AreMetAsync(EntryWork work, CancellationToken cancellation)
    {
        var conditions = await work.TestAsync(work.Entry.Conditions, cancellation);
        if (conditions.IsFailed)
            return false;
        return conditions.Value is JsonArray list ? list.All(Resolving.Truth.Of) : Resolving.Truth.Of(conditions.Value);
    }

    ModelKind? Kind(EntryWork work, string model)
    {
        if (kinds.Find(model) is not { } kind)
        {
            work.Fail(work.Entry.Model.Place, $"App or Model does not exist: {model}");
            return null;
        }

        if (kind.InBlueprints)
        {
            work.Model = kind.Name;
            return kind;
        }

        work.Fail(work.Entry.Model.Place, $"Model {kind.Name} not allowed");
        return null;
    }

    static async Task<string?> TextAsync(EntryWork work, BlueprintNode node, string otherwise, CancellationToken cancellation)
    {
        var resolved = await work.ResolveAsync(node, cancellation);
        if (resolved.IsFailed)
            return null;
        if (resolved.Value?.GetValueKind() == JsonValueKind.String)
            return resolved.Value.GetValue<string>();
        work.Fail(node.Place, otherwise);
        return null;
    }

    static PostgresException? Integrity(Exception failure)
    {
        var refusal = failure as PostgresException ?? (failure as DbUpdateException)?.InnerException as PostgresException;
        return refusal is not null && refusal.SqlState.StartsWith("23", StringComparison.Ordinal) ? refusal : null;
    }
}
