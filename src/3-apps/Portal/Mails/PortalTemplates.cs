using System.Collections.Concurrent;
using Postern.Mail;
using Postern.Mail.Templates;

namespace Postern.Portal.Mails;

/// <summary>The portal's mail templates: those of the installation's folder first, then its own, which stand in the frame of all our mails.</summary>
sealed class PortalTemplates(MailTemplates common) : ITemplateSource
{
    static readonly ConcurrentDictionary<string, Template?> Own = new(StringComparer.Ordinal);

    public Template? Find(string name) => common.Find(name) ?? Own.GetOrAdd(name, static n => FromAssembly(n));

    public (string Html, string Text) Render(string name, IReadOnlyDictionary<string, object?> values) => MailTemplates.Render(name, values, this, "en");

    static Template? FromAssembly(string name)
    {
        using var stream = typeof(PortalTemplates).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return Template.Parse(name, reader.ReadToEnd());
    }
}
