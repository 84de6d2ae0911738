using System.Text.Json;
using Postern.Policies.Engine;

namespace Postern.Applications.Access;

/// <summary>Writes an access report for the wire: the verdict for everybody, what policies logged and how bindings decided for administrators.</summary>
static class AccessAnswer
{
    public static void Write(Utf8JsonWriter writer, AccessReport report, IReadOnlyList<BindingLine> lines)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passing", report.Result.Passing);
        VerdictJson.Texts(writer, "messages", report.Result.Messages);
        VerdictJson.Log(writer, "log_messages", report.ShowsWhy ? report.Result.LogMessages : []);
        VerdictJson.Trace(writer, "trace", lines);
        writer.WriteEndObject();
    }
}
