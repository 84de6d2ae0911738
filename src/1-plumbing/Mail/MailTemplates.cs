using System.Collections.Concurrent;
using Postern.Kernel.Settings;
using Postern.Mail.Templates;

namespace Postern.Mail;

/// <summary>The mail templates by name (<c>email/invitation.html</c>): those of the installation's folder first, then the product's own.</summary>
public sealed class MailTemplates(HostSettings settings) : ITemplateSource
{
    /// <summary>What stands around every mail.</summary>
    public const string Frame = "email/base.html";

    // Not mails themselves.
    static readonly string[] Frames = [Frame, "email/notice.html"];

    static readonly ConcurrentDictionary<string, Template?> Own = new(StringComparer.Ordinal);

    /// <summary>Names of all HTML templates there are.</summary>
    public IReadOnlyList<string> Names => [.. OwnNames.Concat(FolderNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    string Folder => settings.Email.TemplateFolder ?? Path.Combine(settings.DataRoot, "templates");

    IEnumerable<string> FolderNames => System.IO.Directory.Exists(Folder)
        ? System.IO.Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
        : [];

    static IEnumerable<string> OwnNames => typeof(MailTemplates).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("email/", StringComparison.Ordinal) && n.EndsWith(".html", StringComparison.Ordinal) && !Frames.Contains(n, StringComparer.Ordinal));

    public Template? Find(string name) => FromFolder(name) ?? Own.GetOrAdd(name, static n => FromAssembly(n));

    /// <summary>The template as it is written, to start from; null for none.</summary>
    public string? SourceOf(string name) => IsKnown(name) ? TextFromFolder(name) ?? TextFromAssembly(name) : null;

    /// <summary>Name of the template of a mail's subject: <c>email/x_subject.txt</c> of <c>email/x.html</c>.</summary>
    public static string SubjectOf(string name) => $"{Path.ChangeExtension(name, null)}_subject.txt";

    /// <summary>Whether there is such a template; also the frames that others extend.</summary>
    public bool IsKnown(string name) => Names.Concat(Frames).Contains(name, StringComparer.Ordinal);

    /// <summary>Renders a template and its plain-text sibling; without a sibling the text is made from the HTML.</summary>
    /// <exception cref="TemplateException">There is no such template, or it cannot be rendered.</exception>
    public static (string Html, string Text) Render(string name, IReadOnlyDictionary<string, object?> values, ITemplateSource source, string language)
    {
        var html = (source.Find(name) ?? throw new TemplateException($"There is no template {name}")).Render(values, source, language);
        var sibling = source.Find(Path.ChangeExtension(name, ".txt"));
        return (html, sibling?.Render(values, source, language) ?? PlainText.Of(html));
    }

    Template? FromFolder(string name) => TextFromFolder(name) is { } text ? Template.Parse(name, text) : null;

    string? TextFromFolder(string name)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, name));
        // A name never leads out of the folder.
        return path.StartsWith(Path.GetFullPath(Folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path) ? File.ReadAllText(path) : null;
    }

    static Template? FromAssembly(string name) => TextFromAssembly(name) is { } text ? Template.Parse(name, text) : null;

    static string? TextFromAssembly(string name)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
