namespace Postern.Mail.Outbox;

/// <summary>A mail in the outbox. Its text is sealed, and forgotten once it is sent, because it may hold links that sign people in.</summary>
public sealed class Mail
{
    public Guid Pk { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<string> Recipients { get; set; } = [];

    public string Subject { get; set; } = "";

    public MailState State { get; set; } = MailState.Queued;

    /// <summary>The whole message, sealed; null once sent or cancelled.</summary>
    public string? Message { get; set; }

    /// <summary>Attempts begun. The number names an attempt: it is counted before anything goes out, so that no attempt is made twice.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed, for people.</summary>
    public string LastError { get; set; } = "";

    /// <summary>What was said at each step of the last attempt.</summary>
    public List<string> Transcript { get; set; } = [];

    /// <summary>Those of the recipients whose server took it.</summary>
    public List<string> Delivered { get; set; } = [];

    public DateTimeOffset? NextAttempt { get; set; }

    /// <summary>No attempt begins after this.</summary>
    public DateTimeOffset GiveUpAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>Waits for its first or next attempt.</summary>
    Queued,

    /// <summary>An attempt is being made; or was, when its worker died.</summary>
    Sending,

    Sent,

    /// <summary>Given up; kept, to be tried again by hand.</summary>
    Failed,

    /// <summary>Called back before it was sent.</summary>
    Cancelled,
}
