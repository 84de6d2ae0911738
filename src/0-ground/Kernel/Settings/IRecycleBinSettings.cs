namespace Postern.Kernel.Settings;

/// <summary>How long users stay in the recycle bin; the system settings answer it.</summary>
public interface IRecycleBinSettings
{
    ValueTask<TimeSpan> RetentionAsync(CancellationToken cancellation);
}
