using Microsoft.AspNetCore.Http;
using Postern.Directory.Sessions;

namespace Postern.Flows.Running;

/// <summary>Gives a run the browser's session: its row is locked until the transaction ends, so that two answers of one browser never advance a plan at once.</summary>
public interface IFlowSessions
{
    /// <summary>The session as it is now (a sign-in during the run replaces it); made when the browser has none.</summary>
    ValueTask<Session> OpenAsync(HttpContext http, CancellationToken cancellation);
}
