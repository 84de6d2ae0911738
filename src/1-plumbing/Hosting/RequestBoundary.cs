using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Postern.Api;
using Postern.Api.Http;
using Postern.Kernel.Settings;
using Postern.Storage.Opening;

namespace Postern.Hosting;

/// <summary>
/// Gives every request its id, told in the header named, and turns a bug (500) or trouble of the database (503) into one logged error and one plain answer.
/// </summary>
public sealed partial class RequestBoundary(
    RequestDelegate next, HostSettings settings, IEnumerable<IFailureListener> listeners, ILogger<RequestBoundary> log, string idHeader, IFailurePage? page = null)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Headers[idHeader] = http.TraceIdentifier;
        Protect(http.Response.Headers);
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
        catch (Exception e) when (e is InvalidDataException or IOException && !http.Response.HasStarted && e.Source is "Microsoft.AspNetCore.WebUtilities" or "Microsoft.AspNetCore.Http")
        {
            // A form that is none, or has more fields than one may have.
            await FaultResult.Detail(e.Message, StatusCodes.Status400BadRequest).ExecuteAsync(http);
        }
        catch (Exception e)
        {
            Failed(e, http.Request.Method, http.Request.Path, http.TraceIdentifier);
            foreach (var listener in listeners)
                await listener.FailedAsync(http, e);
            if (http.Response.HasStarted)
                throw;
            await AnswerOf(http, e).ExecuteAsync(http);
        }
    }

    IResult AnswerOf(HttpContext http, Exception error)
    {
        var passes = DatabaseTrouble.IsBehind(error);
        var (text, status) = passes
            ? ("The database does not answer or has no room left. Try again in a moment.", StatusCodes.Status503ServiceUnavailable)
            : ("Something went wrong on the server.", StatusCodes.Status500InternalServerError);
        if (passes)
            http.Response.RetryAfter(Pause);
        return page is not null && IFailurePage.IsFor(http.Request) ? page.Of(http, text, status) : FaultResult.Detail($"{text} Request {http.TraceIdentifier}.", status);
    }

    /// <summary>What every answer carries; pages set a content policy of their own.</summary>
    void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Said by whoever configured an address of TLS: from then on browsers come no other way (RFC 6797 section 6.1).
        if (settings.BaseUrl?.Scheme == Uri.UriSchemeHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {RequestId}")]
    partial void Failed(Exception error, string method, PathString path, string requestId);
}
