using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Values;

namespace Postern.Invitations.Bulk;

/// <summary>Turns a row and the template into the body by which the API would make the invitation.</summary>
static class BulkRowBody
{
    static readonly string[] Filled = ["email", "name", "username"];
    static readonly string[] Plain = ["expires", "send_at", "user_path", "user_type", "account_ends", "locale", "message"];

    /// <summary>Faults: invalid, for cells that cannot be read. Groups and roles are given by name or key.</summary>
    public static Result<JsonElement> Of(BulkRow row, JsonObject template, IReadOnlyDictionary<string, Guid> groups, IReadOnlyDictionary<string, Guid> roles, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        var body = template.DeepClone().AsObject();
        if (!EmailAddress.IsValid(row["email"]))
            errors.Add("email", "Enter a valid email address.");
        body["name"] = row["invitation"].Length > 0 ? row["invitation"] : SuggestName.For(row["name"], row["email"], now);
        body["recipient"] = row["email"];
        body.TryAdd("single_use", JsonValue.Create(true));
        var data = body["fixed_data"] as JsonObject ?? [];
        foreach (var key in Filled.Where(k => row[k].Length > 0))
            data[key] = row[key];
        body["fixed_data"] = data.DeepClone();
        foreach (var key in Plain.Where(k => row[k].Length > 0))
            body[key] = row[key];
        if (row["attributes"].Length > 0)
            body["user_attributes"] = Attributes(row, errors);
        Names(row, body, "groups", groups, errors);
        Names(row, body, "roles", roles, errors);
        if (errors.Any)
            return new Fault.Invalid(errors);
        return JsonSerializer.SerializeToElement(body);
    }

    /// <summary>Names of a cell: separated by semicolons or bars.</summary>
    public static string[] Split(string cell) => cell.Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static void Names(BulkRow row, JsonObject body, string column, IReadOnlyDictionary<string, Guid> known, FieldErrors errors)
    {
        if (row[column].Length == 0)
            return;
        var keys = new JsonArray();
        foreach (var name in Split(row[column]))
        {
            if (known.TryGetValue(name, out var key))
                keys.Add(key.ToString());
            else
                errors.Add(column, $"There is none called \"{name}\".");
        }
        body[column] = keys;
    }

    static JsonObject? Attributes(BulkRow row, FieldErrors errors)
    {
        if (row.Body["attributes"] is JsonObject given)
            return given.DeepClone().AsObject();
        try
        {
            if (JsonNode.Parse(row["attributes"]) is JsonObject attributes)
                return attributes;
            errors.Add("attributes", "Must be a JSON object.");
        }
        catch (JsonException e)
        {
            errors.Add("attributes", $"Is not JSON: {e.Message}");
        }
        return null;
    }
}
