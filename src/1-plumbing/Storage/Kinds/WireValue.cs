using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Kinds;

/// <summary>Writes values of computed fields: scalars, lists, JSON nodes, and entities already rendered by <see cref="Rendered"/>.</summary>
public static class WireValue
{
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case Guid uuid: writer.WriteStringValue(uuid); break;
            case DateTimeOffset time: writer.WriteStringValue(TimestampCodec.Format(time)); break;
            case JsonNode node: node.WriteTo(writer); break;
            case Rendered rendered: rendered.Write(writer); break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new InvalidOperationException($"No wire form for {value.GetType()}");
        }
    }
}
