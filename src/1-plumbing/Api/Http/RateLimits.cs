using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Kernel.Settings;

namespace Postern.Api.Http;

/// <summary>
/// Refuses what one address asks beyond its share, what it guesses, and what all ask at once beyond what can be answered. Counted in this process; how often one person's password and codes may be
/// tried is counted in the database.
/// </summary>
public sealed class RateLimits(HostSettings settings) : IRequestStep, IDisposable
{
    readonly ConcurrencyLimiter all = new(new ConcurrencyLimiterOptions { PermitLimit = settings.Limits.AtOnce, QueueLimit = 0 });
    readonly MinuteCount addresses = new(settings.Limits.Address);
    readonly MinuteCount failures = new(settings.Limits.Failures);

    public int Order => 120;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Request.IsSameForEverybody())
        {
            await next(http);
            return;
        }
        using var place = all.AttemptAcquire();
        if (!place.IsAcquired)
        {
            await Refusal(http, TimeSpan.FromSeconds(1), "The server has more to do than it can right now.").ExecuteAsync(http);
            return;
        }
        var address = Network(http.Connection.RemoteIpAddress);
        if (addresses.Take(address) is { } turn)
        {
            await Refusal(http, turn, "Too many requests from your network address.").ExecuteAsync(http);
            return;
        }
        if (!ShowsCredentials(http))
        {
            await next(http);
            return;
        }
        // Whether any are left, taking none.
        if (failures.Take(address, 0) is { } guess)
            await Refusal(http, guess, "Too many wrong credentials from your network address.").ExecuteAsync(http);
        else
        {
            await next(http);
            if (http.Response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden && !http.Caller().IsAuthenticated)
                failures.Take(address);
        }
    });

    public void Dispose() => all.Dispose();

    /// <summary>429 with the time to wait: for programs in JSON, for people in words alone, as a page is more work than whoever sends too much should be able to ask for.</summary>
    internal static IResult Refusal(HttpContext http, TimeSpan wait, string reason)
    {
        var text = $"{reason} Try again in {http.Response.RetryAfter(wait)} s.";
        return IFailurePage.IsFor(http.Request) ? Results.Text(text, statusCode: StatusCodes.Status429TooManyRequests) : FaultResult.Of(new Fault.Throttled(text, wait));
    }

    // A program that authenticates: by header, or by the form of a protocol's door.
    static bool ShowsCredentials(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 || (HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<OtherSites>() is not null);

    /// <summary>Who has one address of IPv6 has the 2^64 beside it too.</summary>
    static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily is AddressFamily.InterNetwork)
            return address.MapToIPv4().ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
