using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Directory.Exports;
using Postern.Directory.Groups;
using Postern.Directory.RecycleBin;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Batches;

/// <summary>
/// One action on many users: each is changed by the use case of the single action, with its checks, record and transaction of its own. Doing it
/// again after an interruption changes nothing that is done.
/// </summary>
sealed class ChangeUsers(PosternDb db, ObjectQuery objects, SaveObject save, ChangeMembers members, BinUsers bin, RevokeSessions revoke)
{
    /// <summary>Null when it went through (also with refusals of single users), else why nothing was done.</summary>
    public async Task<Fault?> RunAsync(UserBatch batch, Caller caller, BatchProgress progress, CancellationToken cancellation)
    {
        if (!(await KeysAsync(batch.Parameters, caller, cancellation)).Succeeded(out var keys, out var refusal))
            return refusal;
        progress.Total = keys.Count;
        foreach (var key in keys)
        {
            if (!await progress.TellAsync(cancellation))
                return null;
            var outcome = await OneAsync(batch, caller, key, cancellation);
            db.ChangeTracker.Clear();
            if (outcome.Fault is null)
                progress.Succeed();
            else
                progress.Fail(new JsonObject { ["pk"] = key }, outcome.Fault);
        }
        return null;
    }

    async Task<Result<IReadOnlyList<int>>> KeysAsync(JsonObject parameters, Caller caller, CancellationToken cancellation)
    {
        if (parameters["users"] is JsonArray chosen)
            return Result<IReadOnlyList<int>>.Of([.. chosen.Select(k => k!.GetValue<int>())]);
        var query = ExportParameters.Read(parameters["query"] as JsonObject ?? []);
        return (await objects.KeysAsync(UserKind.Kind, caller, query, cancellation)).Then(keys => (IReadOnlyList<int>)[.. keys.Cast<int>()]);
    }

    async Task<Result<Unit>> OneAsync(UserBatch batch, Caller caller, int key, CancellationToken cancellation)
    {
        var lookup = key.ToString(CultureInfo.InvariantCulture);
        var group = batch.Parameters["group"]?.ToString() ?? "";
        return batch.Action switch
        {
            BatchAction.Activate => await ChangeAsync(caller, lookup, "is_active", true, cancellation),
            BatchAction.Deactivate when caller.UserPk == key => Own(),
            BatchAction.Deactivate => await ChangeAsync(caller, lookup, "is_active", false, cancellation),
            BatchAction.Delete => await bin.PutAsync(caller, lookup, cancellation),
            BatchAction.Move => await ChangeAsync(caller, lookup, "path", batch.Parameters["path"]?.ToString() ?? "", cancellation),
            BatchAction.MoveFolder => await MoveAsync(caller, lookup, batch.Parameters["folder"]!.ToString(), batch.Parameters["path"]!.ToString(), cancellation),
            BatchAction.AddToGroup => await members.AddAsync(caller, group, key, cancellation),
            BatchAction.RemoveFromGroup => await members.RemoveAsync(caller, group, key, cancellation),
            BatchAction.RevokeSessions when caller.UserPk == key => Own(),
            BatchAction.RevokeSessions => await SignOutAsync(caller, key, lookup, cancellation),
            _ => throw new InvalidOperationException($"{batch.Action} is no action on users"),
        };
    }

    /// <summary>What lies below the folder stays below it.</summary>
    async Task<Result<Unit>> MoveAsync(Caller caller, string lookup, string folder, string path, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var now = ((User)found).Path;
        return now == folder || UserPath.IsBelow(now, folder) ? await ChangeAsync(caller, lookup, "path", path + now[folder.Length..], cancellation) : Unit.Value;
    }

    async Task<Result<Unit>> SignOutAsync(Caller caller, int key, string lookup, CancellationToken cancellation)
    {
        var seen = await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: false, cancellation);
        return seen.Fault is { } missing ? missing : (await revoke.ExecuteAsync(caller, [key], cancellation)).Then(_ => Unit.Value);
    }

    async Task<Result<Unit>> ChangeAsync(Caller caller, string lookup, string field, object value, CancellationToken cancellation)
    {
        var found = await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: true, cancellation);
        if (found.Fault is { } missing)
            return missing;
        var change = JsonSerializer.SerializeToElement(new Dictionary<string, object>(StringComparer.Ordinal) { [field] = value });
        return (await save.UpdateAsync(UserKind.Kind, caller, found.Value, change, SaveOptions.Patch, cancellation)).Then(_ => Unit.Value);
    }

    static Result<Unit> Own() => Fault.Input("This is your own account.");
}
