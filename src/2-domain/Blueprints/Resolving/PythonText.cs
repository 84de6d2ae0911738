using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>Values as Python's str() and repr() write them.</summary>
internal static class PythonText
{
    public static string Str(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Repr(value);

    public static string Repr(JsonNode? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>The name of the value's type, for messages.</summary>
    public static string TypeName(JsonNode? value) => value switch
    {
        null => "NoneType",
        JsonArray => "list",
        JsonObject => "dict",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "str",
            JsonValueKind.Number => PythonNumber.Of(value) is { Whole: null } ? "float" : "int",
            _ => "bool",
        },
    };

    static void Append(StringBuilder text, JsonNode? value)
    {
        switch (value)
        {
            case null:
                text.Append("None");
                break;
            case JsonArray list:
                Join(text, '[', list, ']', (inner, item) => Append(inner, item));
                break;
            case JsonObject map:
                Join(text, '{', map, '}', (inner, pair) =>
                {
                    Quote(inner, pair.Key);
                    inner.Append(": ");
                    Append(inner, pair.Value);
                });
                break;
            default:
                AppendScalar(text, value);
                break;
        }
    }

    static void AppendScalar(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("True");
                break;
            case JsonValueKind.False:
                text.Append("False");
                break;
            case JsonValueKind.String:
                Quote(text, value.GetValue<string>());
                break;
            default:
                text.Append(PythonNumber.Of(value)?.ToString() ?? value.ToJsonString());
                break;
        }
    }

    static void Join<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<StringBuilder, T> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(", ");
            isFirst = false;
            append(text, item);
        }

        text.Append(close);
    }

    // Single quotes unless the text holds one and no double quote.
    static void Quote(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when character == quote => text.Append('\\').Append(character),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => text.Append(character),
            };
        }

        text.Append(quote);
    }
}
