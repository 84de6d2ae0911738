using System.Text.Json.Nodes;

namespace Postern.Mail.Outbox;

/// <summary>A mail in the outbox. Its text is forgotten once it is sent, because it may hold links that sign people in.</summary>
public sealed class Mail
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public DateTimeOffset CreatedAt { get; set; }

    public List<string> Recipients { get; set; } = [];

    public string Subject { get; set; } = "";

    public MailState State { get; set; } = MailState.Queued;

    /// <summary>The whole message; null once sent or given up.</summary>
    public JsonObject? Message { get; set; }

    public int Attempts { get; set; }

    /// <summary>What the mail server said last.</summary>
    public string LastError { get; set; } = "";

    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    Queued,
    Sent,
    Failed,
}
