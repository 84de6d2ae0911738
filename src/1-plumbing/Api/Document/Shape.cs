using System.Text.Json.Nodes;

namespace Postern.Api.Document;

/// <summary>
/// Reads the shape of a JSON value from one line: <c>text</c>, <c>int</c>, <c>number</c>, <c>bool</c>, <c>uuid</c>, <c>time</c>, <c>json</c>; <c>[int]</c> is a
/// list; <c>Link{link at:time?}</c> an object with a name, of text members unless they say otherwise, where a question mark lets a member be missing
/// or null; <c>Link</c> alone is the object of that name, <c>authentik_core.user</c> the objects of a kind, <c>page(Link)</c> one page of a list.
/// </summary>
sealed class Shape(string text, Components components)
{
    int at;

    public static JsonObject Read(string text, Components components) => new Shape(text, components).Value();

    /// <summary>Members alone, by name: the query of a door.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(string text, Components components)
    {
        var (members, _) = new Shape(text + "}", components).Members();
        return members;
    }

    JsonObject Value()
    {
        if (Take('['))
        {
            var item = Value();
            Take(']');
            return new JsonObject { ["type"] = "array", ["items"] = item };
        }
        var name = Name();
        if (name is "page" && Take('('))
        {
            var item = Value();
            Take(')');
            return components.Page(item);
        }
        return Take('{') ? Object(name) : Scalar(name) ?? components.Named(name);
    }

    JsonObject Object(string name)
    {
        var (members, required) = Members();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = members };
        if (required.Count > 0)
            schema["required"] = required;
        return name.Length == 0 ? schema : components.Add(name, schema);
    }

    (JsonObject Members, JsonArray Required) Members()
    {
        var (members, required) = (new JsonObject(), new JsonArray());
        while (!Take('}'))
        {
            if (Take(' '))
                continue;
            var name = Name();
            var schema = Take(':') ? Value() : Scalar("text")!;
            if (!Take('?'))
                required.Add(name);
            else if (schema.ContainsKey("type"))
                schema["nullable"] = true;
            members[name] = schema;
        }
        return (members, required);
    }

    string Name()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            at++;
        return at > start || text[at..].StartsWith('{') ? text[start..at] : throw new FormatException($"No shape at {start} of '{text}'");
    }

    bool Take(char wanted)
    {
        var found = at < text.Length && text[at] == wanted;
        at += found ? 1 : 0;
        return found;
    }

    static JsonObject? Scalar(string name) => name switch
    {
        "text" => new() { ["type"] = "string" },
        "int" => new() { ["type"] = "integer" },
        "number" => new() { ["type"] = "number", ["format"] = "double" },
        "bool" => new() { ["type"] = "boolean" },
        "uuid" => new() { ["type"] = "string", ["format"] = "uuid" },
        "time" => new() { ["type"] = "string", ["format"] = "date-time" },
        "file" => new() { ["type"] = "string", ["format"] = "binary" },
        "json" => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject() },
        "any" => [],
        _ => null,
    };
}
