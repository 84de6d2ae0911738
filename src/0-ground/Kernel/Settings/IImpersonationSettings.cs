namespace Postern.Kernel.Settings;

/// <summary>Whether administrators may act as other users; the system settings answer it.</summary>
public interface IImpersonationSettings
{
    /// <summary>Whether it is allowed at all, and whether a reason must be given.</summary>
    ValueTask<(bool Allowed, bool NeedsReason)> GetAsync(CancellationToken cancellation);
}
