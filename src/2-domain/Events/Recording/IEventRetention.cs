namespace Postern.Events.Recording;

/// <summary>How long events are kept; the system settings answer it.</summary>
public interface IEventRetention
{
    /// <summary>From the newest settings this node has seen.</summary>
    TimeSpan Current { get; }
}

/// <summary>The retention where no settings say otherwise.</summary>
sealed class OneYear : IEventRetention
{
    public TimeSpan Current => TimeSpan.FromDays(365);
}
