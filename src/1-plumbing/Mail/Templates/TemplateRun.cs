using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Mail.Templates;

/// <summary>The state of one rendering: values in scope, blocks of the child templates, escaping.</summary>
sealed class TemplateRun(IReadOnlyDictionary<string, object?> values, ITemplateSource source, string language, bool escape)
{
    public const int MaxOutput = 512 * 1024;

    readonly Stack<Dictionary<string, object?>> scopes = new();

    public Dictionary<string, BlockNode> Blocks { get; } = new(StringComparer.Ordinal);

    public bool Escape { get; set; } = escape;

    public string Language => language;

    public int Depth { get; set; }

    public Template Load(string name) => source.Find(name) ?? throw new TemplateException($"There is no template {name}");

    public void Push(Dictionary<string, object?> scope) => scopes.Push(scope);

    public void Pop() => scopes.Pop();

    /// <summary>A dotted path: members of dictionaries and JSON, positions of lists. Missing is null, as templates expect.</summary>
    public object? Lookup(string path)
    {
        var parts = path.Split('.');
        var value = Named(parts[0]);
        foreach (var part in parts.Skip(1))
            value = Member(value, part);
        return value;
    }

    object? Named(string name)
    {
        foreach (var scope in scopes)
        {
            if (scope.TryGetValue(name, out var local))
                return local;
        }
        return values.GetValueOrDefault(name);
    }

    static object? Member(object? value, string name) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(name),
        JsonObject json => Plain(json[name]),
        JsonArray array when int.TryParse(name, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < array.Count => Plain(array[i]),
        IList list when int.TryParse(name, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < list.Count => list[i],
        _ => null,
    };

    static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => (object)text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        _ => node,
    };
}
