using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Postern.Mail.Languages;

namespace Postern.Web.Flow.Words;

/// <summary>
/// What pages of flows say, in the language of who reads them. English sentences are the keys; <c>{0}</c> and so on stand for names and numbers. Texts that an
/// administrator wrote are translated where they say the same as a shipped one, and shown as they are otherwise.
/// </summary>
static partial class Sentences
{
    public static Catalogue Catalogue { get; } = new(typeof(Sentences).Assembly);

    static readonly ConcurrentDictionary<string, IReadOnlyList<(Regex Shape, string Sentence)>> shapes = new(StringComparer.Ordinal);

    /// <summary>A text in a language: its translation, that of the sentence it was made of, or the text itself.</summary>
    public static string In(string language, string text)
    {
        if (text.Length == 0 || string.Equals(language, Language.Standard, StringComparison.Ordinal))
            return text;
        if (Catalogue.Find(language, text) is { } whole)
            return whole;
        foreach (var (shape, sentence) in shapes.GetOrAdd(language, Shapes))
        {
            if (shape.Match(text) is { Success: true } match)
                return Place().Replace(sentence, place => match.Groups[$"v{place.Groups["n"].Value}"].Value);
        }
        return text;
    }

    static List<(Regex, string)> Shapes(string language) =>
    [
        .. from sentence in Catalogue.Of(language)
           where sentence.Key.Contains("{0}", StringComparison.Ordinal)
           // The more particular first.
           orderby sentence.Key.Length descending
           let shape = EscapedPlace().Replace(Regex.Escape(sentence.Key), "(?<v${n}>.+)")
           select (new Regex($"^{shape}$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1)), sentence.Value),
    ];

    [GeneratedRegex(@"\{(?<n>\d)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\\\{(?<n>\d)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapedPlace();
}
