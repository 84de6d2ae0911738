using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Postern.Kernel.Values;

/// <summary>JSON of strangers: taken only where every reader reads the same (no member twice) and every text can be read (UTF-8, whole characters).</summary>
public static class StrictJson
{
    static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <summary>Null for anything malformed, and for null.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return IsReadable(json) ? JsonNode.Parse(json, documentOptions: Once) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonNode? Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Whether every text of it can be read. What is no JSON is for the parser to tell.</summary>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return false;
        if (json.IndexOf("\\u"u8) < 0)
            return true;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // Half of a pair of surrogates is no character.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
            return true;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
