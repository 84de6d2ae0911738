using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Postern.Kernel.Settings;

namespace Postern.Api.Http;

/// <summary>Refuses what one account asks of the API beyond its share, from however many addresses.</summary>
public sealed class AccountLimit(HostSettings settings) : IRequestStep
{
    readonly MinuteCount accounts = new(settings.Limits.Account);

    public int Order => 310;

    public void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Caller().UserPk is not { } user || !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        if (accounts.Take(user.ToString(CultureInfo.InvariantCulture)) is { } turn)
            await RateLimits.Refusal(http, turn, "Too many calls of this account.").ExecuteAsync(http);
        else
            await next(http);
    });
}
