using Postern.Events.Recording;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage.Snapshots;

namespace Postern.Brands.Settings;

/// <summary>Lifetime and length of new tokens as the system settings say.</summary>
sealed class TokenDefaults(Snapshot<SystemSettings> settings) : ITokenDefaults
{
    public async ValueTask<(TimeSpan Lifetime, int KeyLength)> GetAsync(CancellationToken cancellation)
    {
        var current = await settings.GetAsync(cancellation);
        return (Duration.Parse(current.DefaultTokenDuration), current.DefaultTokenLength);
    }
}

/// <summary>Whether impersonation is allowed, as the system settings say.</summary>
sealed class ImpersonationSettings(Snapshot<SystemSettings> settings) : IImpersonationSettings
{
    public async ValueTask<(bool Allowed, bool NeedsReason)> GetAsync(CancellationToken cancellation)
    {
        var current = await settings.GetAsync(cancellation);
        return (current.Impersonation, current.ImpersonationRequireReason);
    }
}

/// <summary>How long users stay in the recycle bin, as the system settings say.</summary>
sealed class RecycleBinSettings(Snapshot<SystemSettings> settings) : IRecycleBinSettings
{
    public async ValueTask<TimeSpan> RetentionAsync(CancellationToken cancellation) => Duration.Parse((await settings.GetAsync(cancellation)).RecycleBinRetention);
}

/// <summary>What the directory asks, as the system settings say.</summary>
sealed class DirectorySettings(Snapshot<SystemSettings> settings) : IDirectorySettings
{
    public async ValueTask<string> AvatarsAsync(CancellationToken cancellation) => (await settings.GetAsync(cancellation)).Avatars;

    public async ValueTask<bool> ForgetEventsAsync(CancellationToken cancellation) => (await settings.GetAsync(cancellation)).GdprCompliance;
}

/// <summary>How long events are kept, as the system settings say.</summary>
sealed class EventRetention(Snapshot<SystemSettings> settings) : IEventRetention
{
    static readonly TimeSpan usual = TimeSpan.FromDays(365);

    public TimeSpan Current => settings.Newest is { } known ? Duration.Parse(known.EventRetention) : usual;
}
