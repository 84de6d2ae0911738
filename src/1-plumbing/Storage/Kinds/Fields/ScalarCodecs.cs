using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Storage.Kinds.Fields;

sealed class BooleanCodec : Codec
{
    public override FieldType Type => FieldType.Boolean;

    public override bool TryParse(JsonElement json, out object? value, out string error) => json.ValueKind switch
    {
        JsonValueKind.True => Good(true, out value, out error),
        JsonValueKind.False => Good(false, out value, out error),
        JsonValueKind.String => TryParse(json.GetString()!, out value, out error),
        JsonValueKind.Number when json.TryGetInt32(out var n) && n is 0 or 1 => Good(json.GetInt32() == 1, out value, out error),
        _ => Bad("Must be a valid boolean.", out value, out error),
    };

    public override bool TryParse(string text, out object? value, out string error) => text.ToLowerInvariant() switch
    {
        "true" or "t" or "yes" or "y" or "on" or "1" => Good(true, out value, out error),
        "false" or "f" or "no" or "n" or "off" or "0" => Good(false, out value, out error),
        _ => Bad("Must be a valid boolean.", out value, out error),
    };

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteBooleanValue((bool)value);
}

sealed class IntegerCodec(int minimum = int.MinValue, int maximum = int.MaxValue) : Codec
{
    public override FieldType Type => FieldType.Integer;

    public override FieldLimits Limits => new(Minimum: minimum > int.MinValue ? minimum : null, Maximum: maximum < int.MaxValue ? maximum : null);

    public override bool TryParse(JsonElement json, out object? value, out string error) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetInt64(out var n) => Check(n, out value, out error),
        JsonValueKind.String => TryParse(json.GetString()!, out value, out error),
        _ => Bad("A valid integer is required.", out value, out error),
    };

    public override bool TryParse(string text, out object? value, out string error) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            ? Check(n, out value, out error)
            : Bad("A valid integer is required.", out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    bool Check(long n, out object? value, out string error) =>
        n < minimum ? Bad($"Ensure this value is greater than or equal to {minimum}.", out value, out error)
        : n > maximum ? Bad($"Ensure this value is less than or equal to {maximum}.", out value, out error)
        : Good((int)n, out value, out error);
}

sealed class NumberCodec : Codec
{
    public override FieldType Type => FieldType.Number;

    public override bool TryParse(JsonElement json, out object? value, out string error) =>
        json.ValueKind is JsonValueKind.Number ? Good(json.GetDouble(), out value, out error)
        : json.ValueKind is JsonValueKind.String ? TryParse(json.GetString()!, out value, out error)
        : Bad("A valid number is required.", out value, out error);

    public override bool TryParse(string text, out object? value, out string error) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n)
            ? Good(n, out value, out error)
            : Bad("A valid number is required.", out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((double)value);
}

sealed class UuidCodec(string? target = null) : Codec
{
    public override FieldType Type => target is null ? FieldType.Uuid : FieldType.Reference;

    public override bool TryParse(JsonElement json, out object? value, out string error) =>
        json.ValueKind is JsonValueKind.String ? TryParse(json.GetString()!, out value, out error) : Bad(Refusal(json.GetRawText()), out value, out error);

    public override bool TryParse(string text, out object? value, out string error) =>
        Guid.TryParse(text, out var uuid) ? Good(uuid, out value, out error) : Bad(Refusal(text), out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue((Guid)value);

    string Refusal(string text) => target is null ? "Enter a valid UUID." : $"“{text}” is not a valid UUID.";
}

sealed class IntReferenceCodec : Codec
{
    public override FieldType Type => FieldType.Reference;

    public override bool TryParse(JsonElement json, out object? value, out string error) =>
        json.ValueKind is JsonValueKind.Number && json.TryGetInt32(out var pk) ? Good(pk, out value, out error)
        : json.ValueKind is JsonValueKind.String ? TryParse(json.GetString()!, out value, out error)
        : Bad($"Incorrect type. Expected pk value, received {TypeName(json)}.", out value, out error);

    public override bool TryParse(string text, out object? value, out string error) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pk)
            ? Good(pk, out value, out error)
            : Bad("Incorrect type. Expected pk value, received str.", out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteNumberValue((int)value);
}

sealed class TimestampCodec : Codec
{
    const string Refusal = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

    public override FieldType Type => FieldType.Timestamp;

    public override bool TryParse(JsonElement json, out object? value, out string error) =>
        json.ValueKind is JsonValueKind.String ? TryParse(json.GetString()!, out value, out error) : Bad(Refusal, out value, out error);

    public override bool TryParse(string text, out object? value, out string error) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? Good(time, out value, out error)
            : Bad(Refusal, out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) =>
        writer.WriteStringValue(Format((DateTimeOffset)value));

    /// <summary>RFC 3339 in UTC with microseconds, as the wire has it.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToUniversalTime().ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}

sealed class EnumCodec<T> : Codec
    where T : struct, Enum
{
    public override FieldType Type => FieldType.Choice;

    public override bool TryParse(JsonElement json, out object? value, out string error) =>
        json.ValueKind is JsonValueKind.String && WireEnum<T>.TryParse(json.GetString(), out var known)
            ? Good(known, out value, out error)
            : Bad($"\"{(json.ValueKind is JsonValueKind.String ? json.GetString() : json.GetRawText())}\" is not a valid choice.", out value, out error);

    public override bool TryParse(string text, out object? value, out string error) =>
        WireEnum<T>.TryParse(text, out var known)
            ? Good(known, out value, out error)
            : Bad($"Select a valid choice. {text} is not one of the available choices.", out value, out error);

    public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue(WireEnum<T>.Name((T)value));
}

/// <summary>A JSON object (or, where <c>anyShape</c>, any JSON value) stored as it is.</summary>
sealed class JsonCodec(bool anyShape) : Codec
{
    public override FieldType Type => FieldType.Json;

    public bool AnyShape => anyShape;

    public override bool TryParse(JsonElement json, out object? value, out string error)
    {
        if (!anyShape && json.ValueKind is not JsonValueKind.Object)
            return Bad("Value must be a dictionary, and not have any duplicate keys.", out value, out error);
        if (HasDuplicateKeys(json))
            return Bad("Value must be a dictionary, and not have any duplicate keys.", out value, out error);
        // The node outlives the document it was read from.
        var own = json.Clone();
        JsonNode? node = own.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(own),
            JsonValueKind.Array => JsonArray.Create(own),
            _ => JsonValue.Create(own),
        };
        return Good(node!, out value, out error);
    }

    public override bool TryParse(string text, out object? value, out string error)
    {
        try
        {
            return Good(JsonNode.Parse(text)!, out value, out error);
        }
        catch (JsonException)
        {
            return Bad("Value must be valid JSON.", out value, out error);
        }
    }

    public override void Write(Utf8JsonWriter writer, object value) => ((JsonNode)value).WriteTo(writer);

    static bool HasDuplicateKeys(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).Any(g => g.Skip(1).Any())
            || json.EnumerateObject().Any(p => HasDuplicateKeys(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(HasDuplicateKeys),
        _ => false,
    };
}
