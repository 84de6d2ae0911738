using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Mail;
using Postern.Mail.Templates;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Brands.Mails;

/// <summary>The installation's own mail texts, from memory.</summary>
sealed class MailTemplatePicture(IReadOnlyList<MailTemplate> all)
{
    public IReadOnlyList<MailTemplate> All => all;

    /// <summary>The closest one: of the brand before of all brands, in the language before in all languages.</summary>
    public MailTemplate? Find(string name, Guid brand, string language) => all
        .Where(t => string.Equals(t.Name, name, StringComparison.Ordinal) && (t.BrandPk is null || t.BrandPk == brand) && (t.Locale.Length == 0 || string.Equals(t.Locale, language, StringComparison.Ordinal)))
        .OrderByDescending(t => t.BrandPk is not null).ThenByDescending(t => t.Locale.Length).FirstOrDefault();

    internal static Snapshot<MailTemplatePicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) => hub.Declare<MailTemplatePicture>(["mail_template"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        return new(await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<MailTemplate>().AsNoTracking().ToListAsync(cancellation));
    });
}

/// <summary>Where the mails of one brand in one language find their templates: the installation's own texts before the files.</summary>
sealed class BrandTemplates(MailTemplates files, MailTemplatePicture picture, Guid brand, string language) : ITemplateSource
{
    public Template? Find(string name)
    {
        if (picture.Find(name, brand, language) is { } own)
            return Template.Parse(name, own.Html);
        // The plain form of an own text is its own too, or made from it.
        if (name.EndsWith(".txt", StringComparison.Ordinal) && !name.EndsWith("_subject.txt", StringComparison.Ordinal) && picture.Find(Path.ChangeExtension(name, ".html"), brand, language) is { } html)
            return html.Text.Length > 0 ? Template.Parse(name, html.Text) : null;
        return files.Find(name);
    }
}
