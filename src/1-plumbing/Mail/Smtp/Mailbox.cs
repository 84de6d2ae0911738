using System.Globalization;
using System.Net.Mail;

namespace Postern.Mail.Smtp;

/// <summary>An address, with the name that stands before it where there is one: <c>Postern &lt;id@example.org&gt;</c>.</summary>
sealed record Mailbox(string Name, string Address)
{
    public bool IsAscii => System.Text.Ascii.IsValid(Address);

    public string Host => Address[(Address.LastIndexOf('@') + 1)..];

    /// <summary>Reads it; a domain with other letters than ASCII is written as the DNS knows it.</summary>
    /// <exception cref="MailRefused">This is no address.</exception>
    public static Mailbox Parse(string text)
    {
        if (text.AsSpan().ContainsAny('\r', '\n') || !MailAddress.TryCreate(text, out var address))
            throw new MailRefused($"“{text.ReplaceLineEndings(" ")}” is not a mail address.");
        try
        {
            return new Mailbox(address.DisplayName.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal), $"{address.User}@{new IdnMapping().GetAscii(address.Host)}");
        }
        catch (ArgumentException e)
        {
            throw new MailRefused($"“{text}” is not a mail address.", e);
        }
    }

    /// <summary>As a header shows it.</summary>
    public string Header => Name.Length == 0 ? Address
        : Name.All(char.IsAsciiLetterOrDigit) ? $"{Name} <{Address}>"
        : System.Text.Ascii.IsValid(Name) ? $"\"{Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{Address}>"
        : $"{MimeText.Words(Name)} <{Address}>";
}
