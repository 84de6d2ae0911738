using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Postern.Mail.Languages;

namespace Postern.Web.Flow.Words;

/// <summary>
/// What pages say, in the language of who reads them. English sentences are the keys; <c>{0}</c> and so on stand for names and numbers. Texts that an
/// administrator wrote are translated where they say the same as a shipped one, and shown as they are otherwise.
/// </summary>
static partial class Sentences
{
    public static Catalogue Catalogue { get; } = new(typeof(Sentences).Assembly);

    static readonly ConcurrentDictionary<string, IReadOnlyList<(string Start, string End, Regex Shape, string Sentence)>> shapes = new(StringComparer.Ordinal);

    /// <summary>A text in a language: its translation, that of the sentence it was made of, or the text itself.</summary>
    public static string In(string language, string text)
    {
        if (text.Length == 0 || string.Equals(language, Language.Standard, StringComparison.Ordinal))
            return text;
        return Find(language, text) ?? text;
    }

    /// <summary>The translation of a text, or of the sentence it was made of; null where there is none.</summary>
    public static string? Find(string language, string text)
    {
        if (Catalogue.Find(language, text) is { } whole)
            return whole;
        foreach (var (start, end, shape, sentence) in shapes.GetOrAdd(language, Shapes))
        {
            // Most are told apart by how they begin and end, which costs nothing.
            if (text.StartsWith(start, StringComparison.Ordinal) && text.EndsWith(end, StringComparison.Ordinal) && shape.Match(text) is { Success: true } match)
                return Place().Replace(sentence, place => Value(language, match.Groups[$"v{place.Groups["n"].Value}"].Value));
        }
        return null;
    }

    // A value may be a word of the pages itself, in small letters within the sentence, or a number.
    static string Value(string language, string text) =>
        Catalogue.Find(language, text) ?? Figures.In(language, text) ?? (text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? Catalogue.Find(language, char.ToUpperInvariant(text[0]) + text[1..]) : null) ?? text;

    static List<(string, string, Regex, string)> Shapes(string language) =>
    [
        .. from sentence in Catalogue.Of(language)
           where sentence.Key.Contains("{0}", StringComparison.Ordinal)
           // The more particular first.
           orderby sentence.Key.Length descending
           let shape = EscapedPlace().Replace(Regex.Escape(sentence.Key), "(?<v${n}>.+)")
           select (sentence.Key[..sentence.Key.IndexOf('{', StringComparison.Ordinal)], sentence.Key[(sentence.Key.LastIndexOf('}') + 1)..], new Regex($"^{shape}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1)), sentence.Value),
    ];

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\\\{(?<n>\d)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapedPlace();
}
