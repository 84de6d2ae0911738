using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin;

/// <summary>Turns a posted form into the JSON body that the use cases take, so that page and API share every rule.</summary>
static class FormReader
{
    public static (JsonElement Body, FieldErrors Errors) Read(IEnumerable<Field> fields, IFormCollection form, bool isNew, string prefix = "")
    {
        var body = new JsonObject();
        var errors = new FieldErrors();
        foreach (var field in fields)
        {
            var values = form[prefix + field.Name].OfType<string>().ToList();
            // What nobody chose is left out, and the kind says who or what it then is.
            if (isNew && field is { Type: FieldType.Reference, Nullable: false } && values.TrueForAll(v => v.Length == 0))
                continue;
            // An empty secret leaves the stored one alone.
            if (field.WriteOnly && !isNew && values.TrueForAll(v => v.Length == 0))
                continue;
            body[field.Name] = field.Columns.Count > 0 ? FormRows.Read(field, form, prefix) : Value(field, values, errors);
        }
        return (JsonSerializer.SerializeToElement(body), errors);
    }

    static JsonNode? Value(Field field, List<string> values, FieldErrors errors)
    {
        var text = (values.Count > 0 ? values[^1] : "").ReplaceLineEndings("\n");
        switch (field.Type)
        {
            case FieldType.Boolean:
                return values.Contains("true", StringComparer.Ordinal);
            case FieldType.ChoiceList or FieldType.ReferenceList:
                return new JsonArray([.. values.Where(v => v.Length > 0).Select(v => (JsonNode)v)]);
            case FieldType.TextList:
                return new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => (JsonNode)v)]);
            case FieldType.Json:
                return Json(field, text, errors);
            case FieldType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return number;
            case FieldType.Timestamp when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time):
                return time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
            default:
                return text.Length == 0 && field.Nullable ? null : text;
        }
    }

    static JsonNode? Json(Field field, string text, FieldErrors errors)
    {
        if (text.Trim().Length == 0)
            return field.Nullable ? null : new JsonObject();
        if (YamlText.TryParse(text, out var node, out var problem))
            return node;
        errors.Add(field.Name, problem);
        return new JsonObject();
    }
}
