using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Truth as Python sees it: null, false, zero and everything empty are false.</summary>
internal static class Truth
{
    public static bool Of(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValueKind.Number => !IsZero(value),
            _ => true,
        },
    };

    static bool IsZero(JsonNode number) => PythonNumber.Of(number) is { } value && (value.Whole?.IsZero ?? value.Real == 0);
}
