using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin;

/// <summary>Lists of small objects as rows of controls; a row whose first member is left empty is none.</summary>
static class FormRows
{
    /// <summary>Name of the control of a column, which every row repeats.</summary>
    public static string Control(string field, FieldColumn column) => $"{field}.{column.Name}";

    public static JsonArray Read(Field field, IFormCollection form, string prefix)
    {
        var columns = field.Columns.Select(c => form[Control(prefix + field.Name, c)]).ToList();
        var list = new JsonArray();
        for (var row = 0; columns.Count > 0 && row < columns[0].Count; row++)
        {
            if (columns[0][row]?.Trim() is not { Length: > 0 })
                continue;
            list.Add(new JsonObject(field.Columns.Select((c, i) => KeyValuePair.Create(c.Name, (JsonNode?)(row < columns[i].Count ? columns[i][row]?.Trim() ?? "" : "")))));
        }
        return list;
    }

    public static IReadOnlyList<IReadOnlyList<string>> Of(object? stored, Field field) => stored is JsonArray list
        ? [.. list.OfType<JsonObject>().Select(o => (IReadOnlyList<string>)[.. field.Columns.Select(c => o[c.Name]?.ToString() ?? "")])]
        : [];
}
