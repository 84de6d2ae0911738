using System.Text.Json;
using Postern.Storage.Kinds;

namespace Postern.Applications.Access;

/// <summary>Writes an access report for the wire: the verdict for everybody, what policies logged and how bindings decided for administrators.</summary>
static class AccessAnswer
{
    public static void Write(Utf8JsonWriter writer, AccessReport report, IReadOnlyList<AccessLine> lines)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passing", report.Result.Passing);
        Texts(writer, "messages", report.Result.Messages);
        writer.WriteStartArray("log_messages");
        foreach (var line in report.ShowsWhy ? report.Result.LogMessages : [])
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
        writer.WriteStartArray("trace");
        foreach (var line in lines)
            WriteLine(writer, line);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteLine(Utf8JsonWriter writer, AccessLine line)
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

    static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
