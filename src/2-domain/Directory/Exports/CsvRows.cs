using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Directory.Exports;

/// <summary>Objects of a kind as rows: a column for each member that the API answers, lists and objects as JSON.</summary>
sealed class CsvRows
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly CsvWriter csv;
    readonly IReadOnlyList<string> columns;

    public CsvRows(ModelKind kind, TextWriter output)
    {
        csv = new CsvWriter(output);
        columns = [.. kind.Fields.Where(f => !f.WriteOnly && !f.BlueprintOnly && f.Reveal is null).Select(f => f.Name)];
        foreach (var column in columns)
            csv.Cell(column);
        csv.EndRow();
    }

    public void Write(IReadOnlyList<Rendered> page)
    {
        foreach (var row in page)
        {
            var members = row.ToNode();
            foreach (var column in columns)
                Write(members[column]);
            csv.EndRow();
        }
    }

    void Write(JsonNode? value)
    {
        if (value is null)
            csv.Cell("");
        else if (value is JsonValue scalar && scalar.GetValueKind() is JsonValueKind.String)
            csv.Cell(scalar.GetValue<string>());
        else
            csv.Cell(value.ToJsonString(Plain), isNumber: value is JsonValue);
    }
}
