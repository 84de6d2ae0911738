using System.Text.Json;
using Postern.Storage.Kinds;

namespace Postern.Policies.Engine;

/// <summary>Writes what policies said, for the wire.</summary>
public static class VerdictJson
{
    public static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    public static void Log(Utf8JsonWriter writer, string name, IEnumerable<PolicyLog> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("timestamp");
            WireValue.Write(writer, line.Timestamp);
            writer.WriteString("log_level", line.Level);
            writer.WriteString("logger", line.Logger);
            writer.WriteString("event", line.Event);
            writer.WritePropertyName("attributes");
            WireValue.Write(writer, line.Attributes);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Trace(Utf8JsonWriter writer, string name, IEnumerable<BindingLine> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("binding", line.Binding.Pk);
            writer.WriteNumber("order", line.Binding.Order);
            writer.WriteString("what", line.What);
            writer.WriteString("name", line.Name);
            writer.WriteBoolean("negate", line.Binding.Negate);
            writer.WriteBoolean("passing", line.Passing);
            Texts(writer, "messages", line.Messages);
            writer.WriteNumber("elapsed_ms", Math.Round(line.Elapsed.TotalMilliseconds, 3));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
