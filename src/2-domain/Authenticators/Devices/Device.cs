namespace Postern.Authenticators.Devices;

/// <summary>Something a person proves themselves with besides the password: what all kinds of devices have in common.</summary>
public abstract class Device
{
    public int Pk { get; set; }

    public int UserPk { get; set; }

    public string Name { get; set; } = "";

    /// <summary>Only confirmed devices count.</summary>
    public bool Confirmed { get; set; } = true;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset LastUpdated { get; set; }

    public DateTimeOffset? LastUsed { get; set; }

    /// <summary>Wrong codes since the last right one.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? FailedAt { get; set; }
}
