using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Sign-in of programs: <c>Authorization: Bearer &lt;key of an API token&gt;</c>, or another token that opens the API.</summary>
static class BearerToken
{
    /// <summary>Null when the request carries no credentials of this kind.</summary>
    public static async Task<Result<Unit>?> SignInAsync(HttpContext http, CancellationToken cancellation)
    {
        var header = http.Request.Headers.Authorization.ToString();
        // A header of one word counts as none.
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            return null;
        if (!header.AsSpan(0, space).Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return (Result<Unit>)new Fault.Unauthenticated("Unsupported authentication type");
        var key = header[(space + 1)..].Trim();
        if (key.Length == 0)
            return (Result<Unit>)new Fault.Unauthenticated("Malformed header");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var owner = await http.RequestServices.GetRequiredService<FindCaller>().ByTokenAsync(key, now, http, cancellation);
        var caller = owner is null ? await OtherAsync(http, key, cancellation) : owner.IsActive ? owner.Caller : null;
        if (caller is null)
            return (Result<Unit>)new Fault.Unauthenticated("Token invalid/expired");
        http.SetCaller(caller);
        return (Result<Unit>)Unit.Value;
    }

    static async Task<Caller?> OtherAsync(HttpContext http, string key, CancellationToken cancellation)
    {
        foreach (var tokens in http.RequestServices.GetServices<IBearerTokens>())
        {
            if (await tokens.UserOfAsync(key, cancellation) is { } user)
                return await FindCaller.OfActiveUserAsync(http.RequestServices.GetRequiredService<PosternDb>(), user, cancellation, http);
        }
        return null;
    }
}
