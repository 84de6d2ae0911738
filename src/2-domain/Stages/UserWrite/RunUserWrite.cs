using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Stages.UserWrite;

/// <summary>Writes the prompt data to the pending user, in one go with whatever the flow consumes for it (an invitation).</summary>
sealed class RunUserWrite(PosternDb db, ApplyPromptData apply, IEnumerable<IFlowCompletion> completions, RecordEvent events, TimeProvider clock) : IStage<UserWriteStage>
{
    const string TryAgain = "Failed to update user. Please try again later.";
    const string PathKey = "user_path";
    const string TypeKey = "user_type";
    const string GroupsKey = "groups";

    public async ValueTask<StageOutcome> StartAsync(UserWriteStage stage, StageRun run, CancellationToken cancellation)
    {
        if (!run.Context.HasPromptData)
            return StageOutcome.Deny("No Pending data.");
        run.Context.PendingUser ??= run.SignedIn;
        var created = run.Context.PendingUser is not { Pk: > 0 } || stage.UserCreationMode is UserCreationMode.AlwaysCreate;
        if (created && stage.UserCreationMode is UserCreationMode.NeverCreate)
            return StageOutcome.Deny("No user found and can't create new user.");
        var user = created ? NewUser(stage, run) : await TrackedAsync(run.Context.PendingUser!, cancellation);
        if (user is null)
            return StageOutcome.Deny(TryAgain);
        if (await apply.ExecuteAsync(user, run, cancellation) is { } refusal)
            return StageOutcome.Deny(refusal);
        if (user.Username.Length == 0)
            return StageOutcome.Deny(null);
        // What is consumed comes back with the account that could not be written.
        await using var part = await SavePoint.BeginAsync(db, cancellation);
        foreach (var completion in created ? completions : [])
        {
            if (await completion.CompleteAsync(run, cancellation) is not { } refused)
                continue;
            await part.RollBackAsync(cancellation);
            return StageOutcome.Deny(refused);
        }
        if (!await WriteAsync(stage, run, user, created, part, cancellation))
            return StageOutcome.Deny(TryAgain);
        foreach (var completion in created ? completions : [])
            await completion.AccountMadeAsync(run, user, cancellation);
        await db.SaveChangesAsync(cancellation);
        return StageOutcome.Done;
    }

    public ValueTask<StageOutcome> AnswerAsync(UserWriteStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);

    // A policy may have named the user; its copy is not the one that is saved.
    async ValueTask<User?> TrackedAsync(User user, CancellationToken cancellation)
    {
        if (db.Entry(user).State is not EntityState.Detached)
            return user;
        var tracked = await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == user.Pk, cancellation);
        if (tracked is not null)
            tracked.Backend = user.Backend;
        return tracked;
    }

    User NewUser(UserWriteStage stage, StageRun run)
    {
        var now = clock.GetUtcNow();
        var type = WireEnum<UserType>.TryParse(run.Context.Text(TypeKey), out var wanted) ? wanted : stage.UserType;
        return new User
        {
            IsActive = !stage.CreateUsersAsInactive,
            Path = run.Context.Text(PathKey) is { Length: > 0 } path && UserPath.Refusal(path) is null ? path
                : stage.UserPathTemplate.Length > 0 ? stage.UserPathTemplate
                : User.DefaultPath,
            Type = type is UserType.InternalServiceAccount ? UserType.ServiceAccount : type,
            DateJoined = now,
            PasswordChangeDate = now,
            Backend = "authentik.core.auth.InbuiltBackend",
        };
    }

    /// <summary>False when somebody took the username at the same moment; nothing is written then.</summary>
    async ValueTask<bool> WriteAsync(UserWriteStage stage, StageRun run, User user, bool created, SavePoint part, CancellationToken cancellation)
    {
        user.LastUpdated = clock.GetUtcNow();
        var email = created ? user.Email : db.Entry(user).Property(u => u.Email).OriginalValue;
        if (created)
            db.Add(user);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await part.RollBackAsync(cancellation);
            db.Entry(user).State = EntityState.Detached;
            return false;
        }
        if (!created)
            await apply.FinishPasswordAsync(user, run, cancellation);
        foreach (var group in GroupsFor(stage, run))
            await db.ExecuteAsync("INSERT INTO user_group (user_pk, group_pk) SELECT $1, pk FROM \"group\" WHERE pk = $2 ON CONFLICT DO NOTHING", cancellation, user.Pk, group);
        run.Context.PendingUser = user;
        var data = new JsonObject { ["created"] = created };
        if (email != user.Email)
            data["previous_email"] = email;
        if (created)
            data[TypeKey] = WireEnum<UserType>.Name(user.Type);
        foreach (var key in run.Context.PromptData.Keys.Where(k => !k.Contains("password", StringComparison.OrdinalIgnoreCase)))
            data[key] = PromptDataJson.Of(run.Context.PromptData[key]);
        events.Add(Api.Http.CallerFeature.Caller(run.Http), EventAction.UserWrite, "authentik_stages_user_write", data, EventActor.Of(user.Pk, user.Username, user.Email));
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    static IEnumerable<Guid> GroupsFor(UserWriteStage stage, StageRun run)
    {
        if (stage.CreateUsersGroup is { } own)
            yield return own;
        if (!run.Context.TryGetValue(GroupsKey, out var listed) || listed is not IEnumerable<object?> groups)
            yield break;
        foreach (var group in groups.OfType<Directory.Groups.Group>())
            yield return group.Pk;
    }
}
