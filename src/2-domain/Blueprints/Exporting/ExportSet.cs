using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Exporting;

/// <summary>The objects of an export with the references between them.</summary>
internal sealed class ExportSet(KindRegistry kinds, IEnumerable<ExportPart> parts)
{
    readonly Dictionary<(ModelKind Root, string Key), ExportedObject> objects = [];

    // Fields that hold keys of several kinds name no target; the slices that tie them do.
    readonly ILookup<(ModelKind Kind, string Field), ModelKind> ties = parts.ToLookup(
        part => part.PartPoints ? (part.Part, part.Field) : (part.Owner, part.Field), part => part.PartPoints ? part.Owner : part.Part);

    public IReadOnlyCollection<ExportedObject> All => objects.Values;

    public bool Add(ExportedObject item) => objects.TryAdd((Root(item.Kind), item.Key), item);

    /// <summary>The exported object a key in a field stands for; null when it is not part of the export.</summary>
    public ExportedObject? Find(ExportedObject owner, Field field, JsonNode? key) =>
        Targets(owner.Kind, field).Select(target => objects.GetValueOrDefault((Root(target), Text(key)))).FirstOrDefault(found => found is not null);

    /// <summary>The kinds a field points to.</summary>
    public IEnumerable<ModelKind> Targets(ModelKind kind, Field field)
    {
        if (field.Target is { } target && kinds.Find(target) is { } named)
            return [named];
        return ties[(kind, field.Name)].Concat(kind.Base is null ? [] : ties[(kind.Base, field.Name)]);
    }

    /// <summary>The fields of an object that refer to other exported objects, with these.</summary>
    public IEnumerable<(Field Field, ExportedObject Target)> References(ExportedObject item) =>
        from field in item.Kind.Fields
        where Targets(item.Kind, field).Any() && item.Values[field.Name] is not null
        from key in Items(item.Values[field.Name])
        let target = Find(item, field, key)
        where target is not null && target != item
        select (field, target);

    /// <summary>Keys of objects that are referred to but not exported.</summary>
    public IReadOnlyList<(ModelKind Target, JsonNode Key)> Unresolved() =>
    [
        .. (from item in objects.Values
            from field in item.Kind.Fields
            from target in Targets(item.Kind, field)
            from key in Items(item.Values[field.Name])
            where key is not null && Find(item, field, key) is null
            select (target, key)).DistinctBy(pair => (pair.target, Text(pair.key))),
    ];

    public static string Text(JsonNode? key) => key?.GetValueKind() == JsonValueKind.String ? key.GetValue<string>() : key?.ToJsonString() ?? "";

    /// <summary>What tells an object apart in words that are the same on every server: its identifiers, with references as the names behind them.</summary>
    public string Label(ExportedObject item)
    {
        const int deepest = 3;
        return Label(item, deepest);
    }

    /// <summary>The keys in a field, be it one or a list.</summary>
    public static IReadOnlyList<JsonNode?> Items(JsonNode? value) => value is JsonArray list ? [.. list] : [value];

    string Label(ExportedObject item, int depth)
    {
        if (item.Kind.Identifiers is not { Count: > 0 } identifiers || depth == 0)
            return item.Name;
        return string.Join(' ', identifiers.Select(name => item.Values[name]).Zip(identifiers, (value, name) =>
            Find(item, item.Kind.Find(name)!, value) is { } target ? Label(target, depth - 1) : Text(value)).Where(text => text.Length > 0));
    }

    static ModelKind Root(ModelKind kind) => kind.Base ?? kind;
}
