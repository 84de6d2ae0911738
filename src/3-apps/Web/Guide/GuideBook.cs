using System.Collections.Concurrent;
using System.Reflection;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Postern.Web.Guide;

/// <summary>The guide that this build carries: its pages in the order of its contents, which docs/guide/README.md writes down.</summary>
public sealed class GuideBook
{
    /// <summary>The file that holds the contents.</summary>
    public const string Index = "README";

    const string Prefix = "guide/";

    static readonly Assembly assembly = typeof(GuideBook).Assembly;

    readonly ConcurrentDictionary<string, GuidePage> read = new(StringComparer.Ordinal);
    readonly Lazy<IReadOnlyList<GuideGroup>> groups;

    public GuideBook() => groups = new(ReadGroups);

    /// <summary>The parts of the contents, in order.</summary>
    public IReadOnlyList<GuideGroup> Groups => groups.Value;

    public GuidePage Home => Page(Index);

    public IReadOnlyList<GuideEntry> Entries => [.. Groups.SelectMany(g => g.Entries)];

    /// <summary>A page of the contents; null when there is none of this name.</summary>
    public GuidePage? Find(string name) => Entries.Any(e => string.Equals(e.Name, name, StringComparison.Ordinal)) ? Page(name) : null;

    /// <summary>A picture or another file that pages show; null when there is none.</summary>
    public static Stream? File(string path) => path.EndsWith(".md", StringComparison.Ordinal) ? null : assembly.GetManifestResourceStream(Prefix + path);

    /// <summary>Sections that hold every word, those first whose headings do.</summary>
    public IReadOnlyList<(GuidePage Page, GuideSection Section)> Search(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = from entry in Entries
                    let page = Page(entry.Name)
                    from section in page.Sections
                    let heading = $"{page.Title} {section.Title}"
                    where Array.TrueForAll(words, w => heading.Contains(w, StringComparison.OrdinalIgnoreCase) || section.Text.Contains(w, StringComparison.OrdinalIgnoreCase))
                    orderby Array.TrueForAll(words, w => section.Title.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 0 : 1
                    select (page, section);
        return words.Length == 0 ? [] : [.. found];
    }

    GuidePage Page(string name) => read.GetOrAdd(name, static name => ReadPage.From(name, Text(name)));

    internal static string Text(string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"{Prefix}{name}.md") ?? throw new InvalidOperationException($"The contents name a page {name}, which is not there."));
        return reader.ReadToEnd();
    }

    static List<GuideGroup> ReadGroups()
    {
        List<GuideGroup> found = [];
        foreach (var block in ReadPage.Parse(Text(Index)))
        {
            if (block is HeadingBlock { Level: 2 } heading)
                found.Add(new GuideGroup(ReadPage.TextOf(heading), []));
            else if (block is ListBlock list)
                found[^1] = found[^1] with { Entries = [.. list.Descendants<LinkInline>().Select(l => new GuideEntry(Path.GetFileNameWithoutExtension(l.Url!), l.FirstChild!.ToString()!))] };
        }
        return found;
    }
}

/// <summary>A headed part of the contents.</summary>
public sealed record GuideGroup(string Title, IReadOnlyList<GuideEntry> Entries);

/// <summary>A line of the contents.</summary>
public sealed record GuideEntry(string Name, string Title)
{
    public string Url => $"{GuidePages.Root}{Name}/";
}
