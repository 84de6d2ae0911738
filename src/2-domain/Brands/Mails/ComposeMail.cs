using System.Text.RegularExpressions;
using Postern.Mail;
using Postern.Mail.Languages;
using Postern.Mail.Outbox;
using Postern.Mail.Templates;
using Postern.Storage.Snapshots;

namespace Postern.Brands.Mails;

/// <summary>Writes mails as the brand's texts say and in the reader's language, for the outbox of the caller's own change.</summary>
public sealed partial class ComposeMail
{
    readonly MailTemplates files;
    readonly Snapshot<MailTemplatePicture> own;
    readonly Snapshot<BrandPicture> brands;
    readonly SendMail outbox;

    internal ComposeMail(MailTemplates files, Snapshot<MailTemplatePicture> own, Snapshot<BrandPicture> brands, SendMail outbox) =>
        (this.files, this.own, this.brands, this.outbox) = (files, own, brands, outbox);

    /// <summary>Adds the mail to the outbox; it exists once the caller saves.</summary>
    /// <exception cref="TemplateException">There is no such template, or it cannot be rendered.</exception>
    public async ValueTask<Guid> AddAsync(MailDraft draft, CancellationToken cancellation) => outbox.Add(await ExecuteAsync(draft, cancellation));

    /// <summary>Adds the mail under a key of the caller's choosing; false, and nothing is added, where the outbox has had one under it.</summary>
    /// <exception cref="TemplateException">There is no such template, or it cannot be rendered.</exception>
    public async ValueTask<bool> AddOnceAsync(MailDraft draft, Guid key, CancellationToken cancellation)
    {
        if (await outbox.HasAsync(key, cancellation))
            return false;
        outbox.Add(await ExecuteAsync(draft, cancellation), key);
        return true;
    }

    /// <summary>The finished mail.</summary>
    /// <exception cref="TemplateException">There is no such template, or it cannot be rendered.</exception>
    public async ValueTask<MailMessage> ExecuteAsync(MailDraft draft, CancellationToken cancellation)
    {
        var brand = (await brands.GetAsync(cancellation)).For(draft.Host);
        return Write(draft, brand, await own.GetAsync(cancellation));
    }

    /// <summary>The mail as it would be with this text in place.</summary>
    internal async ValueTask<MailMessage> PreviewAsync(MailDraft draft, MailTemplate text, CancellationToken cancellation)
    {
        var others = (await own.GetAsync(cancellation)).All.Where(t => t.Pk != text.Pk && t.Name != text.Name);
        var brand = text.BrandPk is { } pk ? (await brands.GetAsync(cancellation)).Find(pk) : null;
        return Write(draft, brand ?? (await brands.GetAsync(cancellation)).For(draft.Host), new MailTemplatePicture([text, .. others]));
    }

    MailMessage Write(MailDraft draft, Brand brand, MailTemplatePicture picture)
    {
        var language = Language.Choose(draft.Locale, brand.Attributes["settings"]?["locale"]?.ToString(), draft.AcceptLanguage);
        var values = new Dictionary<string, object?>(draft.Values, StringComparer.Ordinal) { ["language"] = language };
        values.TryAdd("brand", brand.BrandingTitle);
        var source = new BrandTemplates(files, picture, brand.Pk, language);
        var (html, text) = MailTemplates.Render(draft.Template, values, source, language);
        var subject = picture.Find(draft.Template, brand.Pk, language) is { Subject.Length: > 0 } stored
            ? Template.Parse("subject.txt", stored.Subject).Render(values, source, language)
            : Prefix(draft) + Subject(draft, values, source, language);
        return new MailMessage
        {
            To = draft.To,
            Cc = draft.Cc,
            Bcc = draft.Bcc,
            // A line break in a subject would start another header.
            Subject = subject.ReplaceLineEndings(" ").Trim(),
            Html = html,
            Text = text,
            Server = draft.Server,
            TellsOfEvent = draft.TellsOfEvent,
            GoodUntil = draft.GoodUntil,
        };
    }

    static string Prefix(MailDraft draft) => draft.SubjectPrefix.Length == 0 || draft.SubjectPrefix.EndsWith(' ') ? draft.SubjectPrefix : $"{draft.SubjectPrefix} ";

    // A template may have its subject beside it.
    static string Subject(MailDraft draft, Dictionary<string, object?> values, BrandTemplates source, string language) =>
        source.Find(MailTemplates.SubjectOf(draft.Template)) is { } beside
            ? beside.Render(values, source, language)
            : Place().Replace(Language.Translate(language, draft.Subject), m => values.GetValueOrDefault(m.Groups["name"].Value)?.ToString() ?? "");

    [GeneratedRegex(@"%\((?<name>\w+)\)s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
