using System.Text;

namespace Postern.Expressions;

/// <summary>The module `textwrap`.</summary>
internal static class TextWrapLibrary
{
    public static HostModule Build() => new HostModule("textwrap")
        .Def("dedent", "text", (_, a) => Dedent(TypeTable.Text(a[0], "dedent")))
        .Def("indent", "text, prefix, predicate=None", (m, a) => Indent(m, TypeTable.Text(a[0], "indent"), TypeTable.Text(a[1], "indent"), a[2]))
        .Def("wrap", "text, width=70", (_, a) => ScriptList.Own(Wrap(TypeTable.Text(a[0], "wrap"), Width(a[1])).Cast<object?>().ToArray()))
        .Def("fill", "text, width=70", (_, a) => string.Join('\n', Wrap(TypeTable.Text(a[0], "fill"), Width(a[1]))))
        .Def("shorten", "text, width, *, placeholder=' [...]'", (_, a) => Shorten(TypeTable.Text(a[0], "shorten"), Width(a[1]), TypeTable.Text(a[2], "shorten")));

    private static int Width(object? value) => Numbers.ToInt(value) is > 0 and var width ? width : throw TypeTable.ValueError($"invalid width {Representation.Of(value)} (must be > 0)");

    private static string Dedent(string text)
    {
        Machine.Charge(8L * text.Length);
        var lines = text.Split('\n').Select(l => l.AsSpan().Trim(" \t").IsEmpty ? "" : l).ToArray();
        string? margin = null;
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            var indent = line[..^line.TrimStart(' ', '\t').Length];
            margin = margin is null ? indent : margin[..margin.AsSpan().CommonPrefixLength(indent)];
        }

        return string.Join('\n', lines.Select(l => l.Length > 0 ? l[(margin?.Length ?? 0)..] : l));
    }

    private static string Indent(Machine machine, string text, string prefix, object? predicate)
    {
        var result = new StringBuilder();
        foreach (var line in Splitting.Lines(text, keepEnds: true))
        {
            var wanted = predicate is null ? ((string)line!).Trim().Length > 0 : Truth.Of(machine.Invoke(predicate, [line], null));
            result.Append(wanted ? prefix : "").Append((string)line!);
            Machine.Charge(2L * result.Length);
        }

        return result.ToString();
    }

    private static List<string> Wrap(string text, int width)
    {
        Machine.Charge(8L * text.Length);
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in Splitting.Split(text, null, -1).Cast<string>().SelectMany(w => Pieces(w, width)))
        {
            Machine.Tick();
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
            lines.Add(line.ToString());
        return lines;
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        for (; word.Length > width; word = word[width..])
            yield return word[..width];
        yield return word;
    }

    private static string Shorten(string text, int width, string placeholder)
    {
        var words = Splitting.Split(text, null, -1).Cast<string>().ToList();
        var whole = string.Join(' ', words);
        if (whole.Length <= width)
            return whole;
        while (words.Count > 0 && string.Join(' ', words).Length + placeholder.Length > width)
        {
            Machine.Tick(words.Count);
            words.RemoveAt(words.Count - 1);
        }

        var kept = string.Join(' ', words) + placeholder;
        if (words.Count == 0 && placeholder.TrimStart().Length > width)
            throw TypeTable.ValueError("placeholder too large for max width");
        return words.Count == 0 ? placeholder.TrimStart() : kept;
    }
}
