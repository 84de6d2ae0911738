using System.Globalization;

namespace Postern.Mail.Languages;

/// <summary>The languages of mails: English as it stands in the templates, and a catalogue of sentences for each other one.</summary>
public static class Language
{
    public const string Standard = "en";

    // Not a sentence: how the language writes a moment.
    const string DateKey = "@date";

    static readonly Catalogue mails = new(typeof(Language).Assembly);

    /// <summary>Codes of all of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Standard, .. mails.Languages];

    /// <summary>What its speakers call it.</summary>
    public static string NameOf(string language) => language switch { "de" => "Deutsch", "es" => "Español", "fr" => "Français", _ => "English" };

    /// <summary>The first known one among the wanted: codes (<c>de</c>, <c>de_AT</c>), or lists of codes, best first, as browsers send them.</summary>
    public static string Choose(params IEnumerable<string?> wanted) => wanted
        .SelectMany(w => (w ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Select(w => w.Split('-', '_', ';')[0].ToLowerInvariant())
        .FirstOrDefault(w => All.Contains(w, StringComparer.Ordinal)) ?? Standard;

    /// <summary>A sentence in another language, or as it is where nobody translated it.</summary>
    public static string Translate(string language, string sentence) => Find(language, sentence) ?? sentence;

    internal static string? Find(string language, string sentence) => mails.Find(language, OneLine(sentence));

    /// <summary>A moment as the language writes it, in UTC.</summary>
    public static string Date(string language, DateTimeOffset time) =>
        time.UtcDateTime.ToString(Find(language, DateKey) ?? "d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    internal static IReadOnlyDictionary<string, string> CatalogueOf(string language) => mails.Of(language);

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
