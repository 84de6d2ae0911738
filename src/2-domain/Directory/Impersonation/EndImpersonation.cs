using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Impersonation;

/// <summary>Gives an administrator's browser back to them. Harmless where nobody is impersonated. Writes the session and the event <c>impersonation_ended</c>.</summary>
public sealed class EndImpersonation(PosternDb db, BrowserSession browser, RecordEvent events)
{
    /// <summary>Answers whom the administrator had been; null when nobody.</summary>
    public async Task<Caller?> ExecuteAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Caller();
        if (caller.Impersonator is not { } administrator || await browser.FindAsync(cancellation) is not { ImpersonatorPk: not null } session)
            return null;
        (session.UserPk, session.ImpersonatorPk) = (session.ImpersonatorPk, null);
        // What the user had begun in flows is not the administrator's.
        session.Flows = [];
        browser.Rekey(http, session);
        events.Add(
            administrator with { ClientIp = caller.ClientIp, Request = caller.Request }, EventAction.ImpersonationEnded, "authentik_core",
            new JsonObject { ["model"] = ObjectPart.Of("authentik_core", "user", caller.UserPk, caller.Username) });
        await db.SaveChangesAsync(cancellation);
        return caller;
    }
}
