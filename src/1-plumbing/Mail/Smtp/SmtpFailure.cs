namespace Postern.Mail.Smtp;

/// <summary>A mail server was not reached or did not take a mail; the message says at which step and why. A repetition may succeed.</summary>
sealed class SmtpFailure(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>It failed before anything of a mail was said, so that no other mail would fare better.</summary>
    public bool BeforeMail { get; set; }
}

/// <summary>A mail that no repetition can deliver.</summary>
sealed class MailRefused(string message, Exception? cause = null) : Exception(message, cause);
