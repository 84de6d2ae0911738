using System.Text.Json;

namespace Postern.Storage.Kinds.Fields;

/// <summary>Reads and writes one wire type. Values are never null here. Error texts are the ones clients of the reference know.</summary>
abstract class Codec
{
    public abstract FieldType Type { get; }

    public virtual FieldLimits Limits => FieldLimits.None;

    public abstract bool TryParse(JsonElement json, out object? value, out string error);

    /// <summary>Parses a query parameter.</summary>
    public abstract bool TryParse(string text, out object? value, out string error);

    public abstract void Write(Utf8JsonWriter writer, object value);

    protected static bool Good(object result, out object? value, out string error)
    {
        (value, error) = (result, "");
        return true;
    }

    protected static bool Bad(string message, out object? value, out string error)
    {
        (value, error) = (null, message);
        return false;
    }

    protected static string TypeName(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => "str",
        JsonValueKind.Object => "dict",
        JsonValueKind.Array => "list",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Null => "NoneType",
        _ => json.TryGetInt64(out _) ? "int" : "float",
    };
}
