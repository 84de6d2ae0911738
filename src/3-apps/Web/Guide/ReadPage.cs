using System.Globalization;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Postern.Web.Guide;

/// <summary>Turns a file of the guide into a page in the markup of our pages.</summary>
static class ReadPage
{
    static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    public static MarkdownDocument Parse(string text) => Markdown.Parse(text, pipeline);

    public static GuidePage From(string name, string text)
    {
        var document = Parse(text);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = GuideLinks.InPages(link.Url ?? "");
        var sections = Sections(document, text);
        // The title stands in the head of the page.
        return new GuidePage(name, sections[0].Title, Parts(document.Skip(1)), sections);
    }

    public static string TextOf(LeafBlock heading) => string.Concat(heading.Inline!.Descendants<LeafInline>().Select(i => i switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    static List<GuideSection> Sections(MarkdownDocument document, string text)
    {
        var headings = document.OfType<HeadingBlock>().ToList();
        return [.. headings.Select((heading, index) => new GuideSection(
            TextOf(heading),
            index == 0 ? null : heading.GetAttributes().Id,
            heading.Level,
            text[(heading.Span.End + 1)..(index + 1 < headings.Count ? headings[index + 1].Span.Start : text.Length)]))];
    }

    static List<GuidePart> Parts(IEnumerable<Block> blocks)
    {
        var (parts, writer, tables) = (new List<GuidePart>(), new StringWriter(CultureInfo.InvariantCulture), 0);
        foreach (var block in blocks)
        {
            if (block is CodeBlock code)
            {
                Flush();
                parts.Add(new GuidePart(code.Lines.ToString(), IsCode: true));
            }
            else if (block is Table table)
                Scrolling(table, ++tables);
            else
                Render(block);
        }
        Flush();
        return parts;

        void Flush()
        {
            if (writer.GetStringBuilder().Length > 0)
                parts.Add(new GuidePart(writer.ToString(), IsCode: false));
            writer.GetStringBuilder().Clear();
        }

        // As PlainTable does it: a wide table scrolls by itself. The content policy knows no alignment in the markup, and an empty heading is none.
        void Scrolling(Table table, int number)
        {
            table.GetAttributes().AddClass("table");
            table.ColumnDefinitions.ForEach(c => c.Alignment = null);
            var outer = writer.GetStringBuilder().Append(CultureInfo.InvariantCulture, $"<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table {number}\">");
            var start = outer.Length;
            Render(table);
            outer.Replace("<th></th>", "<td></td>", start, outer.Length - start).Append("</div>\n");
        }

        void Render(Block block)
        {
            foreach (var code in block.Descendants<CodeBlock>())
                code.GetAttributes().AddProperty("tabindex", "0");
            var renderer = new HtmlRenderer(writer);
            pipeline.Setup(renderer);
            renderer.Render(block);
        }
    }
}
