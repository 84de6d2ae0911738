namespace Postern.Mail.Smtp;

/// <summary>What a mail server answered: a code and its text (RFC 5321 section 4.2).</summary>
sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>The same command may succeed later.</summary>
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>Whether an EHLO reply offers an extension; answers what follows its name.</summary>
    public string? Extension(string name)
    {
        foreach (var line in Lines.Skip(1))
        {
            var parts = line.Split((char[])[' ', '='], 2);
            if (parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))
                return parts.Length > 1 ? parts[1] : "";
        }
        return null;
    }

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}".TrimEnd();
}
