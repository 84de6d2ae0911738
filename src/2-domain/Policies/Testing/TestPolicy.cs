using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Policies.Testing;

/// <summary>
/// Tries a policy for a user and a context, without recording or writing anything. Needs the right to change the policy, for a trial runs
/// its code, and to view the user.
/// </summary>
public sealed class TestPolicy(PosternDb db, IAccess access, PolicyEngine engine)
{
    /// <summary>Evaluates the policy. Faults: forbidden, not found, invalid when there is no such user the caller may view.</summary>
    public async Task<Result<PolicyOutcome>> ExecuteAsync(Caller caller, Guid policy, int user, JsonObject context, HttpFacts? http, CancellationToken cancellation)
    {
        if (await db.Set<Policy>().AsNoTracking().FirstOrDefaultAsync(p => p.Pk == policy, cancellation) is not { } found)
            return new Fault.NotFound(PolicyKind.Kind.Label);
        if (await RefuseAsync(caller, found, cancellation) is { } refusal)
            return refusal;
        if (await UserAsync(caller, user, cancellation) is not { } subject)
            return Fault.Field("user", $"Invalid pk \"{user}\" - object does not exist.");
        var request = new PolicyRequest { User = subject, Caller = caller, Http = http, Context = ContextOf(context), Debug = true };
        return await engine.EvaluateOneAsync(policy, request, cancellation) is { } outcome ? outcome : new Fault.NotFound(PolicyKind.Kind.Label);
    }

    async ValueTask<Fault?> RefuseAsync(Caller caller, Policy policy, CancellationToken cancellation)
    {
        var kind = PolicyKind.Kind.Of(policy);
        return await access.RefuseAsync(caller, kind.View, kind.KeyOf(policy), cancellation) is not null
            ? new Fault.NotFound(PolicyKind.Kind.Label)
            : await access.RefuseAsync(caller, kind.Change, kind.KeyOf(policy), cancellation);
    }

    async ValueTask<User?> UserAsync(Caller caller, int pk, CancellationToken cancellation)
    {
        var user = await UserKind.Kind.In(db).AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation);
        return user is null || await access.RefuseAsync(caller, UserKind.Kind.View, UserKind.Kind.KeyOf(user), cancellation) is not null ? null : user;
    }

    static Dictionary<string, object?> ContextOf(JsonObject given) =>
        given.ToDictionary(p => p.Key, p => (object?)p.Value?.DeepClone(), StringComparer.Ordinal);
}
