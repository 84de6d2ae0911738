using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Impersonation;

/// <summary>
/// An administrator acts as another user in the browser at hand, never as somebody who may do more. Needs <c>impersonate</c> on the user. From then on every
/// request runs with the user's rights, and events name both. Writes the session and the event <c>impersonation_started</c>. Faults: not found, forbidden, invalid.
/// </summary>
public sealed class StartImpersonation(
    PosternDb db, ObjectQuery objects, IAccess access, RightsCeiling ceiling, BrowserSession browser, ImpersonationRecords records)
{
    static readonly Permission Impersonate = Permission.Parse("authentik_core.impersonate");

    /// <param name="http">The request; its session is the one that changes.</param>
    /// <param name="lookup">Key of the user, as text.</param>
    /// <param name="reason">Why; goes into the event.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Result<Unit>> ExecuteAsync(HttpContext http, string lookup, string reason, CancellationToken cancellation)
    {
        var caller = http.Caller();
        var (allowed, needsReason) = await records.Settings.GetAsync(cancellation);
        if (!allowed)
            return new Fault.Forbidden("Impersonation is switched off.");
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var user = (User)found;
        if (await access.RefuseAsync(caller, Impersonate, UserKind.Kind.KeyOf(user), cancellation) is { } refusal)
            return refusal;
        if (caller.Impersonator is not null)
            return new Fault.Forbidden("Stop impersonation first.");
        if (user.Pk == caller.UserPk)
            return new Fault.Forbidden("You are this user.");
        if (await ceiling.RefuseAsync(caller, user.Pk, cancellation) is { } above)
            return above;
        if (needsReason && string.IsNullOrWhiteSpace(reason))
            return Fault.Field("reason", "This field is required.");
        // A program with a token has no session that could change hands; neither has a session of somebody else than the caller.
        if (browser.Uuid is null || await browser.FindAsync(cancellation) is not { } session || session.UserPk != caller.UserPk)
            return Fault.Input("Impersonation needs a signed-in browser.");
        (session.UserPk, session.ImpersonatorPk) = (user.Pk, caller.UserPk);
        browser.Rekey(http, session);
        var context = new JsonObject { ["reason"] = reason.Trim(), ["model"] = ObjectPart.Of(UserKind.Kind, user) };
        // From here on both are named, as in every event until it ends.
        var actor = EventActor.Of(caller);
        actor["on_behalf_of"] = EventActor.Of(user.Pk, user.Username, user.Email);
        records.Events.Add(caller, EventAction.ImpersonationStarted, "authentik_core", context, actor);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}

/// <summary>What impersonation asks and writes.</summary>
public sealed record ImpersonationRecords(IImpersonationSettings Settings, RecordEvent Events);
