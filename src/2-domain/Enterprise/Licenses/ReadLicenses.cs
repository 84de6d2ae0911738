using Microsoft.Extensions.DependencyInjection;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Usage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Enterprise.Licenses;

/// <summary>
/// The state of the licences, from memory. While they are broken people are counted again every few seconds, so that a correction is seen at once; as long
/// as all is well a request costs no statement.
/// </summary>
public sealed class ReadLicenses : IDisposable
{
    static readonly TimeSpan Recount = TimeSpan.FromSeconds(5);

    readonly Snapshot<LicensePicture> picture;
    readonly IServiceScopeFactory scopes;
    readonly TimeProvider clock;
    readonly SemaphoreSlim counting = new(1, 1);
    DateTimeOffset counted;

    internal ReadLicenses(Snapshot<LicensePicture> picture, IServiceScopeFactory scopes, TimeProvider clock) => (this.picture, this.scopes, this.clock) = (picture, scopes, clock);

    public async ValueTask<LicenseState> GetAsync(CancellationToken cancellation)
    {
        var current = await picture.GetAsync(cancellation);
        var now = clock.GetUtcNow();
        var state = DecideState.Of(current.Licenses, current.Counts, now);
        if (state.Level is EnforcementLevel.None || (now - counted).Duration() < Recount || !await counting.WaitAsync(TimeSpan.Zero, cancellation))
            return state;
        try
        {
            await CountAsync(cancellation);
        }
        finally
        {
            counting.Release();
        }
        current = await picture.GetAsync(cancellation);
        return DecideState.Of(current.Licenses, current.Counts, now);
    }

    /// <summary>The state after counting people anew.</summary>
    public async Task<LicenseState> FreshAsync(CancellationToken cancellation)
    {
        await CountAsync(cancellation);
        var current = await picture.GetAsync(cancellation);
        return DecideState.Of(current.Licenses, current.Counts, clock.GetUtcNow());
    }

    /// <summary>What the state will be at a moment if nobody comes or goes and no licence changes.</summary>
    public async ValueTask<LicenseState> AtAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        var current = await picture.GetAsync(cancellation);
        return DecideState.Of(current.Licenses, current.Counts, moment);
    }

    public void Dispose() => counting.Dispose();

    async Task CountAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Beside);
        await scope.ServiceProvider.GetRequiredService<CaptureUsage>().ExecuteAsync(always: false, cancellation);
        counted = clock.GetUtcNow();
    }
}
