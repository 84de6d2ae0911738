using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Attributes;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Sessions;

/// <summary>Ends the browser's session: row and cookies go, and the event <c>logout</c> is written when somebody was signed in.</summary>
public sealed class SignOut(PosternDb db, BrowserSession browser, RecordEvent events, DeleteObject delete)
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
        if (caller is { IsAuthenticated: true, Impersonator: null })
            await DeleteTemporaryAsync(caller, cancellation);
        http.SetCaller(Caller.Anonymous with { ClientIp = caller.ClientIp, Request = caller.Request });
    }

    /// <summary>Some accounts are made for one session.</summary>
    async Task DeleteTemporaryAsync(Caller caller, CancellationToken cancellation)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == caller.UserPk, cancellation) is { } user && user.Attributes.Flag(ReservedKeys.DeleteOnLogout, otherwise: false))
            await delete.ExecuteAsync(UserKind.Kind, Caller.System, user, cancellation);
    }
}
