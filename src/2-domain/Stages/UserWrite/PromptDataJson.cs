using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Stages.UserWrite;

/// <summary>Prompt data as JSON, for attributes and events.</summary>
static class PromptDataJson
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time,
        Guid uuid => uuid,
        JsonNode node => node.DeepClone(),
        IEnumerable<KeyValuePair<string, object?>> map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Of(p.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        _ => value.ToString(),
    };
}
