using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Kernel.Settings;

namespace Postern.Api.Http;

/// <summary>Refuses what one account asks of the API beyond its share, from however many addresses.</summary>
public sealed class AccountLimit(HostSettings settings) : IRequestStep, IDisposable
{
    readonly PartitionedRateLimiter<string> accounts = RateLimits.PerMinute(settings.Limits.Account);

    public int Order => 310;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Caller().UserPk is not { } user || !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        using var turn = accounts.AttemptAcquire(user.ToString(CultureInfo.InvariantCulture));
        if (turn.IsAcquired)
            await next(http);
        else
            await RateLimits.Refusal(http, turn, "Too many calls of this account.").ExecuteAsync(http);
    });

    public void Dispose() => accounts.Dispose();
}
