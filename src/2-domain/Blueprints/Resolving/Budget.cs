using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>What resolving one blueprint may cost, so that loops and formats cannot grow without end.</summary>
internal sealed class Budget(BlueprintLimits limits)
{
    int values;
    int lookups;
    long expansion;

    /// <summary>The limit that was passed, in words; null while there is room.</summary>
    public string? Exceeded { get; private set; }

    public bool Visit()
    {
        if (++values > limits.MaxResolvedValues) Exceeded ??= $"Resolving the tags takes more than {limits.MaxResolvedValues} steps.";
        return Exceeded is null;
    }

    public bool Lookup()
    {
        if (++lookups > limits.MaxLookups) Exceeded ??= $"A blueprint may search for at most {limits.MaxLookups} objects.";
        return Exceeded is null;
    }

    public bool Produce(long characters)
    {
        expansion += characters;
        if (expansion > limits.MaxExpansion) Exceeded ??= $"The tags expand to more than {limits.MaxExpansion} values and characters.";
        return Exceeded is null;
    }

    public bool Produce(JsonNode? value) => Produce(WeightOf(value));

    static long WeightOf(JsonNode? value) => value switch
    {
        null => 1,
        JsonObject map => 1 + map.Sum(pair => pair.Key.Length + WeightOf(pair.Value)),
        JsonArray list => 1 + list.Sum(WeightOf),
        _ => value.GetValueKind() == JsonValueKind.String ? 1 + value.GetValue<string>().Length : 1,
    };
}
