using Postern.Mail;

namespace Postern.Brands.Mails;

/// <summary>A mail to be written from a template.</summary>
/// <param name="Template">Its name, such as <c>email/invitation.html</c>.</param>
/// <param name="Subject">In English; translated where the catalogue knows it. <c>%(name)s</c> stands for a value.</param>
/// <param name="To">Who gets it.</param>
public sealed record MailDraft(string Template, string Subject, IReadOnlyList<string> To)
{
    /// <summary>What the subject begins with, unless the brand has a text of its own.</summary>
    public string SubjectPrefix { get; init; } = "";

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>What the template may print. Brand and language are added.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Language the reader chose; null where they did not.</summary>
    public string? Locale { get; init; }

    /// <summary>Languages of the browser that asked for the mail, for readers who chose none.</summary>
    public string? AcceptLanguage { get; init; }

    /// <summary>The host that names the brand; empty for the default one.</summary>
    public string Host { get; init; } = "";

    /// <summary>Another server than that of the settings.</summary>
    public MailServer? Server { get; init; }

    /// <summary>Until when it is worth sending.</summary>
    public DateTimeOffset? GoodUntil { get; init; }

    /// <summary>It tells somebody of an event, so its sending is none.</summary>
    public bool TellsOfEvent { get; init; }
}
