using System.Collections.Frozen;
using System.Text.Json;
using Postern.Web.Flow;

namespace Postern.Tests.Gallery;

/// <summary>One challenge of each kind, as the executor's JSON.</summary>
static class ChallengeSamples
{
    const string Prefix = "challenges/";

    static readonly FrozenDictionary<string, string> refusedAnswer = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["username"] = "jane",
        ["name"] = "Jane Smith",
        ["email"] = "jane@example",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ChallengeSamples).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    public static Challenge? Find(string name)
    {
        using var stream = typeof(ChallengeSamples).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null)
            return null;
        using var json = JsonDocument.Parse(stream);
        return new Challenge(json.RootElement.Clone(), name is "prompt-errors" ? refusedAnswer : null);
    }
}
