using Microsoft.AspNetCore.Http;
using Postern.Directory.Sessions;

namespace Postern.Flows.Running;

/// <summary>Takes the browser's session for a run and locks its row.</summary>
sealed class FlowSessions(BrowserSession browser) : IFlowSessions
{
    bool locked;

    public async ValueTask<Session> OpenAsync(HttpContext http, CancellationToken cancellation)
    {
        if (!locked && browser.Uuid is not null)
        {
            await browser.LockAsync(cancellation);
            locked = true;
        }
        return await browser.RequireAsync(http, cancellation);
    }
}
