using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api;
using Postern.Api.Http;
using Postern.Events;
using Postern.Events.Recording;

namespace Postern.Server.Hosting;

/// <summary>Requests that failed stand in the event log.</summary>
sealed class RecordFailedRequests(RecordFailure failures) : IFailureListener
{
    public Task FailedAsync(HttpContext http, Exception error) => failures.ExecuteAsync(
        http.Caller(), EventAction.SystemException, "authentik.root", new JsonObject { ["message"] = $"{http.Request.Method} {http.Request.Path} failed", ["request_id"] = http.TraceIdentifier }, error);
}
