using System.Text.Json.Nodes;
using Postern.Directory.Exports;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Batches;

/// <summary>
/// Asks for one action on a selection of users or on all that a query finds. Needs sight of the users; what else the action needs is asked for each
/// user when it is done. Writes the batch and its job. Faults: unauthenticated, forbidden, not found (the group), invalid.
/// </summary>
public sealed class RequestBatch(PosternDb db, ObjectQuery objects, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Users that one may name; more are chosen by a query.</summary>
    public const int MostNamed = 10_000;

    public async Task<Result<UserBatch>> ExecuteAsync(Caller caller, BatchRequest request, CancellationToken cancellation)
    {
        if (!(await CountAsync(caller, request, cancellation)).Succeeded(out _, out var refusal))
            return refusal;
        var batch = new UserBatch { RequestedByPk = caller.UserPk, RequestedOn = clock.GetUtcNow(), Action = request.Action, Parameters = request.ToJson() };
        db.Add(batch);
        jobs.Add(RunBatch.JobKind, new JsonObject { ["batch"] = batch.Pk });
        await db.SaveChangesAsync(cancellation);
        return batch;
    }

    /// <summary>How many users it would be done to now.</summary>
    public async Task<Result<int>> CountAsync(Caller caller, BatchRequest request, CancellationToken cancellation)
    {
        if (await RefuseAsync(caller, request, cancellation) is { } refusal)
            return refusal;
        return await objects.CountAsync(UserKind.Kind, caller, request.Users is { } named ? new ListRequest { Only = [.. named.Cast<object>()] } : ExportParameters.Read(request.Query), cancellation);
    }

    async Task<Fault?> RefuseAsync(Caller caller, BatchRequest request, CancellationToken cancellation)
    {
        if (request.Action is BatchAction.Import)
            return Fault.Field("action", "\"import\" is not a valid choice.");
        if (request.Users is { Count: 0 or > MostNamed })
            return Fault.Field("users", $"Name between 1 and {MostNamed} users, or choose them by a query.");
        if (request.Action is BatchAction.MoveFolder && request.Folder.Length == 0)
            return Fault.Field("folder", "This field may not be blank.");
        if (request.Action is BatchAction.MoveFolder && (request.Path == request.Folder || UserPath.IsBelow(request.Path, request.Folder)))
            return Fault.Field("path", "A folder cannot be moved into itself.");
        if (request.Action is BatchAction.Move or BatchAction.MoveFolder && (request.Path.Length == 0 ? "This field may not be blank." : UserPath.Refusal(request.Path)) is { } bad)
            return Fault.Field("path", bad);
        if (request.Action is BatchAction.AddToGroup or BatchAction.RemoveFromGroup)
        {
            if (request.Group.Length == 0)
                return Fault.Field("group", "This field may not be blank.");
            if ((await objects.FindAsync(GroupKind.Kind, caller, request.Group, tracked: false, cancellation)).Fault is { } missing)
                return missing is Fault.NotFound ? Fault.Field("group", "There is no such group.") : missing;
        }
        return null;
    }
}

/// <summary>What to do with whom.</summary>
/// <param name="Users">The users by key; null for all that the query finds.</param>
/// <param name="Query">Parameters of the list of users.</param>
public sealed record BatchRequest(BatchAction Action, IReadOnlyList<int>? Users, JsonObject Query)
{
    /// <summary>The folder to move to; where a whole folder is moved, its new path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The folder that is moved with all below it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Key of the group to join or leave.</summary>
    public string Group { get; init; } = "";

    /// <summary>Reads the body of the API. Faults: invalid.</summary>
    public static Result<BatchRequest> Read(JsonObject body)
    {
        if (body["action"] is not JsonValue name || !WireEnum<BatchAction>.TryParse(name.ToString(), out var action))
            return Fault.Field("action", body["action"] is { } given ? $"\"{given}\" is not a valid choice." : "This field is required.");
        IReadOnlyList<int>? users = null;
        if (body["users"] is { } chosen)
        {
            if (chosen is not JsonArray list || list.Any(k => k is not JsonValue number || !number.TryGetValue<int>(out _)))
                return Fault.Field("users", "Expected a list of primary keys.");
            users = [.. list.Select(k => k!.GetValue<int>()).Distinct()];
        }
        else if (action is BatchAction.MoveFolder)
        {
            var folder = body["folder"]?.ToString().Trim() ?? "";
            return new BatchRequest(action, Users: null, new JsonObject { ["folder"] = folder }) { Path = body["path"]?.ToString().Trim() ?? "", Folder = folder };
        }
        else if (body["query"] is not JsonObject)
            return Fault.Field("users", "Name users, or give a query; an empty query is everybody.");
        return new BatchRequest(action, users, (JsonObject?)body["query"]?.DeepClone() ?? []) { Path = body["path"]?.ToString().Trim() ?? "", Group = body["group"]?.ToString() ?? "" };
    }

    /// <summary>As the batch keeps it.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Users is { } named)
            json["users"] = new JsonArray([.. named.Select(k => (JsonNode?)k)]);
        else
            json["query"] = Query.DeepClone();
        if (Action is BatchAction.Move or BatchAction.MoveFolder)
            json["path"] = Path;
        if (Action is BatchAction.MoveFolder)
            json["folder"] = Folder;
        if (Action is BatchAction.AddToGroup or BatchAction.RemoveFromGroup)
            json["group"] = Group;
        return json;
    }
}
