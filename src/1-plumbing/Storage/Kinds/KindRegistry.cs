using System.Collections.Frozen;

namespace Postern.Storage.Kinds;

/// <summary>All kinds of the product, by wire name and by entity type.</summary>
public sealed class KindRegistry
{
    readonly FrozenDictionary<string, ModelKind> byName;
    readonly FrozenDictionary<Type, ModelKind> byType;

    public KindRegistry(IEnumerable<ModelKind> kinds)
    {
        All = [.. kinds.OrderBy(k => k.Name, StringComparer.Ordinal)];
        byName = All.SelectMany(k => k.Aliases.Prepend(k.Name).Select(n => (Name: n, Kind: k)))
            .ToFrozenDictionary(p => p.Name, p => p.Kind, StringComparer.OrdinalIgnoreCase);
        byType = All.Where(k => k.EntityType != typeof(object)).ToFrozenDictionary(k => k.EntityType);
    }

    public IReadOnlyList<ModelKind> All { get; }

    public ModelKind this[string name] => byName.TryGetValue(name, out var kind) ? kind : throw new KeyNotFoundException($"No kind is called {name}");

    public ModelKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The kind of an entity's own type.</summary>
    public ModelKind? Of(Type entityType) => byType.GetValueOrDefault(entityType);

    /// <summary>Concrete kinds that share the base kind's table.</summary>
    public IEnumerable<ModelKind> Family(ModelKind baseKind) => All.Where(k => k.Base == baseKind);

    /// <summary>Fields of all kinds that point to this kind or to the family it belongs to.</summary>
    public IEnumerable<(ModelKind Kind, Field Field)> ReferencesTo(ModelKind target) =>
        from kind in All
        from field in kind.Fields
        where field.Target is not null && field.Type is not FieldType.Computed
        let pointsTo = Find(field.Target!)
        where pointsTo is not null && (pointsTo == target || pointsTo == target.Base)
        select (kind, field);
}
