using System.Collections.Frozen;
using System.IO.Compression;

namespace Postern.Policies.Password.Strength;

/// <summary>How common words are: common passwords, English words, names. Loaded at first use.</summary>
static class WordRanks
{
    const string Resource = "words.br";

    static readonly Lazy<FrozenDictionary<string, int>> Known = new(Load);

    public static FrozenDictionary<string, int> All => Known.Value;

    // A word of several lists counts by the one where it is most common.
    static FrozenDictionary<string, int> Load()
    {
        using var packed = typeof(WordRanks).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is missing");
        using var reader = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress));
        var ranks = new Dictionary<string, int>(100_000, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var rank = 0;
            foreach (var word in line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..].Split(','))
            {
                rank++;
                ranks[word] = Math.Min(rank, ranks.GetValueOrDefault(word, int.MaxValue));
            }
        }
        return ranks.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
