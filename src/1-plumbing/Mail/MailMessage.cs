namespace Postern.Mail;

/// <summary>One mail, ready to be sent.</summary>
public sealed record MailMessage
{
    public required IReadOnlyList<string> To { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public required string Subject { get; init; }

    public required string Html { get; init; }

    /// <summary>The same for readers of plain text.</summary>
    public required string Text { get; init; }

    /// <summary>Until when it is worth sending; null for as long as delivery is tried.</summary>
    public DateTimeOffset? GoodUntil { get; init; }

    /// <summary>Another server than the one of the settings; null for that one.</summary>
    public MailServer? Server { get; init; }

    /// <summary>It tells somebody of an event, so its sending is none.</summary>
    public bool TellsOfEvent { get; init; }
}

/// <summary>How to reach a mail server.</summary>
/// <param name="UseTls">STARTTLS.</param>
/// <param name="UseSsl">TLS from the first byte.</param>
public sealed record MailServer(string Host, int Port, string? Username, string? Password, bool UseTls, bool UseSsl, int TimeoutSeconds, string From);
