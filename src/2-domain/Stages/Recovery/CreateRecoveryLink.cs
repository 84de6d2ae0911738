using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Directory.Rights;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Stages.Recovery;

/// <summary>
/// An administrator gets a link for somebody who lost their password. Needs <c>reset_user_password</c> on the user, who may not hold more rights than the caller.
/// Writes the link's token and the event <c>secret_view</c>. Faults: not found, forbidden, invalid.
/// </summary>
public sealed class CreateRecoveryLink
{
    readonly FindRecoverable find;
    readonly RecoveryPlan plans;
    readonly Links links;
    readonly RecordEvent events;
    readonly PosternDb db;

    internal CreateRecoveryLink(FindRecoverable find, RecoveryPlan plans, Links links, RecordEvent events, PosternDb db) =>
        (this.find, this.plans, this.links, this.events, this.db) = (find, plans, links, events, db);

    /// <param name="http">The request; it names the brand and the host of the link.</param>
    /// <param name="user">Key of the user, as text.</param>
    /// <param name="duration">How long the link is good; null for the usual time.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Result<Secret>> ExecuteAsync(HttpContext http, string user, string? duration, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(http.Caller(), user, cancellation)).Succeeded(out var person, out var refusal))
            return refusal;
        if (!(await plans.ExecuteAsync(http, person, duration, cancellation)).Succeeded(out var made, out var fault))
            return fault;
        events.Add(http.Caller(), EventAction.SecretView, "authentik_core", new JsonObject { ["secret"] = "recovery link", ["user"] = person.Username, ["expires"] = made.Expires });
        await db.SaveChangesAsync(cancellation);
        return new Secret(await links.ToAsync(made.Path, http.Request, cancellation));
    }
}

/// <summary>Finds a user whom the caller may let back in.</summary>
sealed class FindRecoverable(ObjectQuery objects, IAccess access, RightsCeiling ceiling)
{
    static readonly Permission Reset = Permission.Parse("authentik_core.reset_user_password");

    public async ValueTask<Result<User>> ExecuteAsync(Caller caller, string lookup, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: true, cancellation)).Succeeded(out var entity, out var missing))
            return missing;
        var user = (User)entity;
        return await access.RefuseAsync(caller, Reset, UserKind.Kind.KeyOf(user), cancellation) is { } refusal ? refusal
            : await ceiling.RefuseAsync(caller, user.Pk, cancellation) is { } above ? above
            : user;
    }
}
