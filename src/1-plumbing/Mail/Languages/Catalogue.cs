using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Postern.Mail.Languages;

/// <summary>Sentences of one part of the product in the languages other than English; an assembly carries them as <c>languages/de.json</c> and <c>languages/console/de.json</c>.</summary>
public sealed class Catalogue(Assembly assembly)
{
    readonly FrozenDictionary<string, FrozenDictionary<string, string>> languages =
        new[] { "de", "es", "fr" }.ToFrozenDictionary(l => l, l => Read(assembly, l), StringComparer.Ordinal);

    /// <summary>Codes of the languages, in order, without English.</summary>
    public IEnumerable<string> Languages => languages.Keys.Order(StringComparer.Ordinal);

    /// <summary>The sentence in a language; null where nobody translated it.</summary>
    public string? Find(string language, string sentence) => languages.GetValueOrDefault(language)?.GetValueOrDefault(sentence);

    public IReadOnlyDictionary<string, string> Of(string language) => languages[language];

    static FrozenDictionary<string, string> Read(Assembly assembly, string language)
    {
        var sentences = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("languages/", StringComparison.Ordinal) && n.EndsWith($"/{language}.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (sentence, translation) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                sentences.TryAdd(sentence, translation);
        }
        return sentences.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
