namespace Postern.Notifications;

/// <summary>A message to one user about something that happened, shown until it is seen.</summary>
public sealed class Notification
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public int UserPk { get; set; }

    public Severity Severity { get; set; }

    public string Body { get; set; } = "";

    /// <summary>Where the message leads.</summary>
    public string? Hyperlink { get; set; }

    public string? HyperlinkLabel { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>The event it is about; it may have expired since.</summary>
    public Guid? EventPk { get; set; }

    public bool Seen { get; set; }
}
