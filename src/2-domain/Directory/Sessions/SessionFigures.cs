using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Figures;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Tells how many people are signed in. They are counted once a minute, however often it is asked.</summary>
sealed class SessionFigures(IServiceScopeFactory scopes, TimeProvider clock) : IFigures
{
    static readonly TimeSpan good = TimeSpan.FromMinutes(1);

    (DateTimeOffset At, long Count)? known;

    public async Task WriteAsync(FigureText to, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known is not { } counted || now - counted.At >= good)
        {
            await using var scope = scopes.CreateAsyncScope();
            counted = (now, await scope.ServiceProvider.GetRequiredService<PosternDb>().ScalarAsync<long>("SELECT count(*) FROM session WHERE user_pk IS NOT NULL AND expires > $1", cancellation, now));
            known = counted;
        }
        to.Gauge("postern_sessions_active", "Sessions of people who are signed in.", counted.Count);
    }
}
