using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postern.Api;
using Postern.Api.Http;

namespace Postern.Hosting;

/// <summary>Gives every request its id, told in the header named, and turns a bug into one logged error and one plain answer.</summary>
public sealed partial class RequestBoundary(RequestDelegate next, IEnumerable<IFailureListener> listeners, ILogger<RequestBoundary> log, string idHeader)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Headers[idHeader] = http.TraceIdentifier;
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
            foreach (var listener in listeners)
                await listener.FailedAsync(http, e);
            if (http.Response.HasStarted)
                throw;
            await FaultResult.Detail($"Something went wrong on the server. Request {http.TraceIdentifier}.", StatusCodes.Status500InternalServerError).ExecuteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {RequestId}")]
    partial void Failed(Exception error, string method, PathString path, string requestId);
}
