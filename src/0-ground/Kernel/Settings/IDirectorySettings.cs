namespace Postern.Kernel.Settings;

/// <summary>What the directory asks of the system settings.</summary>
public interface IDirectorySettings
{
    /// <summary>Where pictures of users come from: modes joined by commas.</summary>
    ValueTask<string> AvatarsAsync(CancellationToken cancellation);

    /// <summary>Whether the events that a user caused are deleted with the user.</summary>
    ValueTask<bool> ForgetEventsAsync(CancellationToken cancellation);
}
