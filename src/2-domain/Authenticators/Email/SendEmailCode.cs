using Microsoft.AspNetCore.Http;
using Postern.Authenticators.Devices;
using Postern.Brands.Mails;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Storage.Sealing;

namespace Postern.Authenticators.Email;

/// <summary>Sends a new code to a mail address, through the outbox of the caller's transaction; the caller saves the device.</summary>
sealed class SendEmailCode(ComposeMail mails, Seal seal, TimeProvider clock)
{
    /// <summary>Does nothing while the last code is still fresh.</summary>
    public async ValueTask ExecuteAsync(EmailSetupStage stage, EmailDevice device, User owner, HttpContext http, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!SentCode.MaySend(device, now))
            return;
        var code = SentCode.Issue(device, seal, Duration.Parse(stage.TokenExpiry), now);
        var draft = new MailDraft(stage.Template, stage.Subject, [device.Email])
        {
            Values = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["token"] = code,
                ["expires"] = device.CodeExpires,
                ["host"] = http.Request.Host.Value,
                ["user"] = UserFacts.Of(owner),
            },
            Locale = UserFacts.LocaleOf(owner),
            AcceptLanguage = http.Request.Headers.AcceptLanguage,
            Host = http.Request.Host.Host,
            Server = stage.Server,
            GoodUntil = device.CodeExpires,
        };
        await mails.AddAsync(draft, cancellation);
    }
}
