using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Exporting;

/// <summary>An object on its way into an export: its writable fields, and its place among the others.</summary>
internal sealed class ExportedObject(ModelKind kind, string key, string name, JsonObject values)
{
    public ModelKind Kind { get; } = kind;

    public string Key { get; } = key;

    public string Name { get; } = name;

    public JsonObject Values { get; } = values;

    /// <summary>The name for <c>!KeyOf</c>, given once somebody needs it.</summary>
    public string? Id { get; set; }

    /// <summary>References that lead in a circle and are set by a later entry.</summary>
    public HashSet<string> Deferred { get; } = new(StringComparer.Ordinal);
}
