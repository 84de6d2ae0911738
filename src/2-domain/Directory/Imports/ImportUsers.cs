using System.Text.Json.Nodes;
using Postern.Directory.Batches;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Imports;

/// <summary>
/// Creates the users of a file by the use case of the API, in one transaction: all of them, or with <c>keep_going</c> those that are right. With
/// <c>dry_run</c> everything is done and taken back, so that its report is what an import would say.
/// </summary>
sealed class ImportUsers(PosternDb db, SaveObject save, ILicenseRules licenses)
{
    /// <summary>Null when the file was gone through, else why nothing was imported.</summary>
    public async Task<Fault?> RunAsync(UserBatch batch, Caller caller, BatchProgress progress, CancellationToken cancellation)
    {
        var content = await db.ScalarAsync<string>("SELECT content FROM user_batch_file WHERE batch_pk = $1", cancellation, batch.Pk);
        if (!UserTable.Read(content ?? "").Succeeded(out var table, out var broken))
            return broken;
        if (!Flag(batch, "dry_run") && !await licenses.MayWriteAsync(UserKind.Kind.Name, isNew: true, cancellation))
            return Fault.Input(ILicenseRules.Denied);
        progress.Total = table.Rows.Count;
        if (!await progress.TellAsync(cancellation))
            return null;
        var groups = await GroupsAsync(table, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            if (await OneAsync(row, caller, groups, seen, cancellation) is { } fault)
                progress.Fail(new JsonObject { ["line"] = row.Line, ["username"] = row["username"] }, fault);
            else
                progress.Succeed();
            db.ChangeTracker.Clear();
            if (!await progress.TellAsync(cancellation))
                return null;
        }
        if (Flag(batch, "dry_run"))
            return null;
        if (progress.Failed > 0 && !Flag(batch, "keep_going"))
            return Fault.Input("Nothing was imported, because some rows are wrong.");
        await transaction.CommitAsync(cancellation);
        return null;
    }

    async Task<Fault?> OneAsync(UserRow row, Caller caller, IReadOnlyDictionary<string, Guid> groups, Dictionary<string, int> seen, CancellationToken cancellation)
    {
        if (!seen.TryAdd(row["username"], row.Line))
            return Fault.Field("username", $"Line {seen[row["username"]]} has this username already.");
        var hash = row["password_hash"];
        if (hash.Length > 0 && !PasswordHash.IsKnown(hash))
            return Fault.Field("password_hash", "Invalid password hash. Expected pbkdf2_sha256$iterations$salt$hash.");
        if (!UserRowBody.Of(row, groups).Succeeded(out var body, out var unreadable))
            return unreadable;
        var options = SaveOptions.Full with { Prepare = entity => ((User)entity).Password = hash.Length > 0 ? hash : "!" };
        return (await save.CreateAsync(UserKind.Kind, caller, body, options, cancellation)).Fault;
    }

    /// <summary>Keys of all groups that the file names, by name and by key.</summary>
    async Task<IReadOnlyDictionary<string, Guid>> GroupsAsync(UserTable table, CancellationToken cancellation)
    {
        var names = table.Rows.SelectMany(UserRowBody.GroupNames).Distinct(StringComparer.Ordinal).ToArray();
        var groups = new Dictionary<string, Guid>(StringComparer.Ordinal);
        if (names.Length == 0)
            return groups;
        await using (var rows = await db.ReadAsync("SELECT pk, name FROM \"group\" WHERE name = ANY($1) OR pk::text = ANY($1)", cancellation, (object)names))
        {
            while (await rows.ReadAsync(cancellation))
                groups[rows.GetGuid(0).ToString()] = groups[rows.GetString(1)] = rows.GetGuid(0);
        }
        return groups;
    }

    static bool Flag(UserBatch batch, string name) => batch.Parameters[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
