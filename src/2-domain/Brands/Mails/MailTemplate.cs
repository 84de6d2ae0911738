namespace Postern.Brands.Mails;

/// <summary>An installation's own text of one kind of mail, for one brand or all, in one language or all; it stands in for the template file of that name.</summary>
public sealed class MailTemplate
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    /// <summary>Name of the template, such as <c>email/password_reset.html</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Null for all brands.</summary>
    public Guid? BrandPk { get; set; }

    /// <summary>Code of a language; empty for all.</summary>
    public string Locale { get; set; } = "";

    /// <summary>Empty for the usual one.</summary>
    public string Subject { get; set; } = "";

    public string Html { get; set; } = "";

    /// <summary>The form for readers of plain text; empty for what the HTML says.</summary>
    public string Text { get; set; } = "";
}
