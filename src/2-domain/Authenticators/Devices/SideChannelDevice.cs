namespace Postern.Authenticators.Devices;

/// <summary>A device that codes are sent to. One code is good at a time, until it is used or its time is over.</summary>
public abstract class SideChannelDevice : Device
{
    /// <summary>The stage it was set up with, which knows how to send; null for an entry that was not set up.</summary>
    public Guid? StagePk { get; set; }

    /// <summary>Keyed hash of the code that is good now.</summary>
    public byte[]? CodeHash { get; set; }

    public DateTimeOffset? CodeSentAt { get; set; }

    public DateTimeOffset? CodeExpires { get; set; }
}
