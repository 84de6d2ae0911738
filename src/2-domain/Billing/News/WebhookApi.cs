using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Kernel;

namespace Postern.Billing.News;

/// <summary>Where providers deliver their news: <c>POST /webhooks/{provider}</c>. Whoever signs rightly needs no session.</summary>
static class WebhookApi
{
    const int Largest = 256 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/webhooks/{provider}", ReceiveAsync).DisableAntiforgery();

    static async Task<IResult> ReceiveAsync(string provider, HttpContext http, ReceiveNews receive)
    {
        if (await ReadAsync(http.Request, http.RequestAborted) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var result = await receive.ExecuteAsync(provider, body, http.Request.Headers["Stripe-Signature"].ToString(), http.RequestAborted);
        return result.Fault switch
        {
            null => Results.Ok(),
            // A forged delivery is bad input: 400 is what providers expect for it.
            Fault.Forbidden forged => Results.BadRequest(forged.Message),
            var fault => FaultResult.Of(fault),
        };
    }

    // The signature is over the bytes as they came.
    static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Largest)
            return null;
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if (all.Length + count > Largest)
                return null;
            all.Write(buffer, 0, count);
        }
        return all.ToArray();
    }
}
