using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Tests.Support.Stripe;

/// <summary>
/// The parameters of an endpoint, written as <c>mode! items[{price quantity:i}] address{line1 city} metadata{*} expand[]</c>: <c>!</c> is required, <c>:i</c> an integer,
/// <c>:b</c> a boolean. What is not written is refused.
/// </summary>
sealed class Shape
{
    readonly Dictionary<string, Shape> fields = new(StringComparer.Ordinal);
    bool isRequired;
    bool isAny;
    char kind = 't';
    Shape? item;

    public static Shape Parse(string text)
    {
        var at = 0;
        return Object(text, ref at);
    }

    public void Check(JsonNode value, string path)
    {
        switch (kind)
        {
            case 'o' when value is JsonObject given:
                CheckFields(given, path);
                break;
            case 'l' when value is JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    item!.Check(list[i]!, $"{path}[{i}]");
                break;
            // An empty text unsets an object or list.
            case 'o' or 'l' when value is JsonValue text && (string)text! == "":
                break;
            case 'i' when value is JsonValue text && long.TryParse((string)text!, CultureInfo.InvariantCulture, out _):
                break;
            case 'b' when value is JsonValue text && (string)text! is "true" or "false":
                break;
            case 't' when value is JsonValue:
                break;
            case 'i':
                throw new StripeRefusal(400, "invalid_request_error", "parameter_invalid_integer", path, $"Invalid integer: {value}");
            default:
                throw new StripeRefusal(400, "invalid_request_error", "", path, kind is 'b' ? $"Invalid boolean: {value}" : $"Invalid {(kind is 'l' ? "array" : kind is 'o' ? "object" : "string")}");
        }
    }

    void CheckFields(JsonObject given, string path)
    {
        string Full(string name) => path.Length == 0 ? name : $"{path}[{name}]";
        foreach (var (name, value) in given)
        {
            if (fields.TryGetValue(name, out var field))
                field.Check(value!, Full(name));
            else if (!isAny || value is not JsonValue)
                throw new StripeRefusal(400, "invalid_request_error", "parameter_unknown", Full(name), $"Received unknown parameter: {Full(name)}");
        }
        foreach (var (name, field) in fields.Where(f => f.Value.isRequired && !given.ContainsKey(f.Key)))
            throw new StripeRefusal(400, "invalid_request_error", "parameter_missing", Full(name), $"Missing required param: {Full(name)}.");
    }

    static Shape Object(string text, ref int at)
    {
        var shape = new Shape { kind = 'o' };
        while (at < text.Length && text[at] is not '}')
        {
            if (text[at] is ' ')
            {
                at++;
                continue;
            }
            if (text[at] is '*')
            {
                (shape.isAny, at) = (true, at + 1);
                continue;
            }
            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_'))
                at++;
            var name = text[start..at];
            shape.fields[name] = Field(text, ref at);
        }
        return shape;
    }

    static Shape Field(string text, ref int at)
    {
        var needed = at < text.Length && text[at] is '!';
        at += needed ? 1 : 0;
        var shape = new Shape();
        if (at < text.Length && text[at] is ':')
        {
            shape.kind = text[at + 1];
            at += 2;
        }
        else if (at < text.Length && text[at] is '{')
        {
            at++;
            shape = Object(text, ref at);
            at++;
        }
        else if (at < text.Length && text[at] is '[')
        {
            at++;
            shape.kind = 'l';
            shape.item = text[at] is ']' ? new Shape() : Field(text, ref at);
            at++;
        }
        shape.isRequired = needed;
        return shape;
    }
}
