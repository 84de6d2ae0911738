using Microsoft.AspNetCore.Http;
using Postern.Authenticators.Devices;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage.Sealing;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Email;

/// <summary>Sends a new code to a mail address, through the outbox of the caller's transaction; the caller saves the device.</summary>
sealed class SendEmailCode(SendMail outbox, MailTemplates templates, Seal seal, Snapshot<BrandPicture> brands, TimeProvider clock)
{
    /// <summary>Does nothing while the last code is still fresh.</summary>
    public async ValueTask ExecuteAsync(EmailSetupStage stage, EmailDevice device, User owner, HttpContext http, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!SentCode.MaySend(device, now))
            return;
        var code = SentCode.Issue(device, seal, Duration.Parse(stage.TokenExpiry), now);
        var brand = (await brands.GetAsync(cancellation)).For(http.Request.Host.Host);
        var (html, text) = templates.Render(stage.Template, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["token"] = code,
            ["expires"] = device.CodeExpires,
            ["brand"] = brand.BrandingTitle,
            ["host"] = http.Request.Host.Value,
            ["user"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = owner.Username, ["name"] = owner.Name, ["email"] = owner.Email },
        });
        outbox.Add(new MailMessage { To = [device.Email], Subject = stage.Subject, Html = html, Text = text, Server = stage.Server });
    }
}
