using System.Text.Json;

namespace Postern.Storage.Kinds.Fields;

/// <summary>A list of values of one codec; the property is a <c>List&lt;TItem&gt;</c>.</summary>
sealed class ListCodec<TItem>(Codec item, FieldType type) : Codec
{
    public override FieldType Type { get; } = type;

    public IReadOnlyList<string> Choices { get; set; } = [];

    /// <summary>Refuses an empty list.</summary>
    public bool NotEmpty { get; set; }

    public override bool TryParse(JsonElement json, out object? value, out string error)
    {
        if (json.ValueKind is not JsonValueKind.Array)
            return Bad($"Expected a list of items but got type \"{TypeName(json)}\".", out value, out error);
        var list = new List<TItem>();
        foreach (var element in json.EnumerateArray())
        {
            if (!item.TryParse(element, out var parsed, out error))
            {
                value = null;
                return false;
            }
            if (parsed is string text && Choices.Count > 0 && !Choices.Contains(text, StringComparer.Ordinal))
                return Bad($"\"{text}\" is not a valid choice.", out value, out error);
            list.Add((TItem)parsed!);
        }
        if (NotEmpty && list.Count == 0)
            return Bad("This list may not be empty.", out value, out error);
        return Good(list, out value, out error);
    }

    public override bool TryParse(string text, out object? value, out string error)
    {
        var good = item.TryParse(text, out var parsed, out error);
        value = good ? new List<TItem> { (TItem)parsed! } : null;
        return good;
    }

    public override void Write(Utf8JsonWriter writer, object value)
    {
        writer.WriteStartArray();
        foreach (var element in (IEnumerable<TItem>)value)
            item.Write(writer, element!);
        writer.WriteEndArray();
    }
}
