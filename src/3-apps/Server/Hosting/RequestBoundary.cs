using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postern.Api.Http;
using Postern.Events;
using Postern.Events.Recording;

namespace Postern.Server.Hosting;

/// <summary>Gives every request its id and turns a bug into one logged error and one plain answer.</summary>
sealed partial class RequestBoundary(RequestDelegate next, RecordFailure failures, ILogger<RequestBoundary> log)
{
    const string IdHeader = "X-authentik-id";

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Headers[IdHeader] = http.TraceIdentifier;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; nobody reads an answer.
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await FaultResult.Detail(e.Message, e.StatusCode).ExecuteAsync(http);
        }
        catch (Exception e)
        {
            Failed(e, http.Request.Method, http.Request.Path, http.TraceIdentifier);
            await failures.ExecuteAsync(
                http.Caller(), EventAction.SystemException, "authentik.root", new JsonObject { ["message"] = $"{http.Request.Method} {http.Request.Path} failed", ["request_id"] = http.TraceIdentifier }, e);
            if (http.Response.HasStarted)
                throw;
            await FaultResult.Detail($"Something went wrong on the server. Request {http.TraceIdentifier}.", StatusCodes.Status500InternalServerError).ExecuteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {RequestId}")]
    partial void Failed(Exception error, string method, PathString path, string requestId);
}
