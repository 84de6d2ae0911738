using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Ends the browser's session: row and cookies go, and the event <c>logout</c> is written when somebody was signed in.</summary>
public sealed class SignOut(PosternDb db, BrowserSession browser, RecordEvent events)
{
    /// <summary><paramref name="context"/> says why, where it was not the person's own wish.</summary>
    public async Task ExecuteAsync(HttpContext http, JsonObject? context, CancellationToken cancellation)
    {
        var caller = http.Caller();
        if (caller.IsAuthenticated)
            events.Add(caller, EventAction.Logout, "authentik_core", context);
        if (await browser.FindAsync(cancellation) is { } session)
            db.Remove(session);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException e)
        {
            // Somebody else ended it at the same moment.
            foreach (var entry in e.Entries)
                entry.State = EntityState.Detached;
            await db.SaveChangesAsync(cancellation);
        }
        browser.Forget(http);
        http.SetCaller(Caller.Anonymous with { ClientIp = caller.ClientIp, Request = caller.Request });
    }
}
