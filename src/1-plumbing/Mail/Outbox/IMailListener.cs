using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Hears of mails as they are sent.</summary>
public interface IMailListener
{
    /// <summary>What is added to the database here is saved.</summary>
    void Sent(PosternDb db, MailMessage message);
}
