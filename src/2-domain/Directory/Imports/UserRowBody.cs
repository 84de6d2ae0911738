using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;

namespace Postern.Directory.Imports;

/// <summary>Turns a row into the body by which the API would create the user.</summary>
static class UserRowBody
{
    static readonly string[] Texts = ["username", "email", "path", "type"];

    /// <summary>Faults: invalid, for cells that cannot be read.</summary>
    public static Result<JsonElement> Of(UserRow row, IReadOnlyDictionary<string, Guid> groups)
    {
        var errors = new FieldErrors();
        var body = new JsonObject { ["name"] = row["name"] };
        foreach (var name in Texts.Where(n => n is "username" || row[n].Length > 0))
            body[name] = row[name];
        if (row["is_active"].Length > 0)
            body["is_active"] = Flag(row["is_active"], errors);
        if (row["attributes"].Length > 0)
            body["attributes"] = Attributes(row["attributes"], errors);
        if (GroupNames(row) is { Count: > 0 } names)
            body["groups"] = new JsonArray([.. names.Select(n => Group(n, groups, errors))]);
        if (errors.Any)
            return new Fault.Invalid(errors);
        return JsonSerializer.SerializeToElement(body);
    }

    /// <summary>Names or keys of groups: a JSON list, or separated by semicolons or bars.</summary>
    public static IReadOnlyList<string> GroupNames(UserRow row)
    {
        var text = row["groups"];
        if (!text.StartsWith('['))
            return text.Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            return JsonSerializer.Deserialize<List<string>>(text) ?? [];
        }
        catch (JsonException)
        {
            return [text];
        }
    }

    static bool Flag(string text, FieldErrors errors)
    {
        switch (text.ToLowerInvariant())
        {
            case "true" or "1" or "yes":
                return true;
            case "false" or "0" or "no":
                return false;
            default:
                errors.Add("is_active", "Must be true or false.");
                return false;
        }
    }

    static JsonObject? Attributes(string text, FieldErrors errors)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject attributes)
                return attributes;
            errors.Add("attributes", "Must be a JSON object.");
        }
        catch (JsonException e)
        {
            errors.Add("attributes", $"Is not JSON: {e.Message}");
        }
        return null;
    }

    static JsonNode? Group(string name, IReadOnlyDictionary<string, Guid> groups, FieldErrors errors)
    {
        if (groups.TryGetValue(name, out var pk))
            return pk.ToString();
        errors.Add("groups", $"There is no group \"{name}\".");
        return null;
    }
}
