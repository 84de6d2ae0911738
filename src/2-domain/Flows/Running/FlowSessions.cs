using Microsoft.AspNetCore.Http;
using Postern.Directory.Sessions;
using Postern.Storage;

namespace Postern.Flows.Running;

/// <summary>Takes the browser's session for a run and locks its row.</summary>
sealed class FlowSessions(PosternDb db, BrowserSession browser) : IFlowSessions
{
    bool locked;

    public async ValueTask<Session> OpenAsync(HttpContext http, CancellationToken cancellation)
    {
        if (!locked && browser.Uuid is { } uuid)
        {
            await db.ExecuteAsync("SELECT 1 FROM session WHERE uuid = $1 FOR UPDATE", cancellation, uuid);
            locked = true;
        }
        return await browser.RequireAsync(http, cancellation);
    }
}
