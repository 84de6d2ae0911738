using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Invitations.Bulk;

/// <summary>Makes the invitations of some rows by the use case of the API, in the current transaction.</summary>
sealed class MakeInvitations(PosternDb db, SaveObject save, TimeProvider clock)
{
    public async Task<IReadOnlyList<MadeInvitation>> ExecuteAsync(InvitationBatch batch, Caller caller, IReadOnlyList<BulkRow> rows, CancellationToken cancellation)
    {
        var (groups, roles) = (await KeysAsync("group", "groups", rows, cancellation), await KeysAsync("role", "roles", rows, cancellation));
        var options = SaveOptions.Full with { Prepare = entity => ((Invitation)entity).BatchPk = batch.Pk };
        var made = new List<MadeInvitation>();
        foreach (var row in rows)
        {
            if (!BulkRowBody.Of(row, batch.Template, groups, roles, clock.GetUtcNow()).Succeeded(out var body, out var unreadable))
            {
                made.Add(new(row.Line, Pk: null, Words(unreadable)));
                continue;
            }
            var saved = await save.CreateAsync(InvitationKind.Kind, caller, body, options, cancellation);
            made.Add(saved.Fault is { } fault ? new(row.Line, Pk: null, Words(fault)) : new(row.Line, ((Invitation)saved.Value).Pk, ""));
            db.ChangeTracker.Clear();
        }
        return made;
    }

    async Task<IReadOnlyDictionary<string, Guid>> KeysAsync(string table, string column, IReadOnlyList<BulkRow> rows, CancellationToken cancellation)
    {
        var names = rows.SelectMany(r => BulkRowBody.Split(r[column])).Distinct(StringComparer.Ordinal).ToArray();
        var keys = new Dictionary<string, Guid>(StringComparer.Ordinal);
        if (names.Length == 0)
            return keys;
        await using var found = await db.ReadAsync($"SELECT pk, name FROM \"{table}\" WHERE name = ANY($1) OR pk::text = ANY($1)", cancellation, (object)names);
        while (await found.ReadAsync(cancellation))
            keys[found.GetGuid(0).ToString()] = keys[found.GetString(1)] = found.GetGuid(0);
        return keys;
    }

    static string Words(Fault fault) => fault is Fault.Invalid { Errors: var errors }
        ? string.Join(' ', errors.ToDictionary().Select(e => e.Key is FieldErrors.NonField ? string.Join(' ', e.Value) : $"{e.Key}: {string.Join(' ', e.Value)}"))
        : fault.Message;
}

/// <summary>What came of a row.</summary>
/// <param name="Error">Empty when an invitation did.</param>
sealed record MadeInvitation(int Line, Guid? Pk, string Error);
