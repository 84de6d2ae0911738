using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Resolving;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>The objects of an import so far, and those of the database, as tags look for them.</summary>
internal sealed class AppliedObjects(PosternDb db, KindRegistry kinds, FindByFields find, Caller caller, IServiceProvider services) : IBlueprintObjects
{
    readonly Dictionary<string, JsonNode> byId = new(StringComparer.Ordinal);
    readonly HashSet<string> failed = new(StringComparer.Ordinal);
    readonly Dictionary<string, JsonNode> declared = new(StringComparer.Ordinal);

    /// <summary>The object of an entry; when several entries share an id, the first that has an object keeps it.</summary>
    public void Applied(string id, JsonNode key) => byId.TryAdd(id, key);

    /// <summary>An entry that failed, so that entries that build on it say so instead of blaming themselves.</summary>
    public void Failed(string id) => failed.Add(id);

    /// <summary>Notes that the key an entry declares stands for this object's key.</summary>
    public void Declare(JsonObject identifiers, JsonNode key)
    {
        if (identifiers["pk"] is { } pk && !JsonNode.DeepEquals(pk, key))
            declared[Guid.TryParse(pk.ToString(), out var uuid) ? uuid.ToString() : pk.ToJsonString()] = key;
    }

    /// <summary>The key that stands for a declared one; null when it stands for itself.</summary>
    public JsonNode? Replacement(string key) => declared.GetValueOrDefault(key)?.DeepClone();

    public FindOutcome KeyOf(string id, BlueprintEntry entry)
    {
        if (byId.TryGetValue(id, out var key))
            return FindOutcome.Found(key);
        return failed.Contains(id) ? FindOutcome.Refused($"KeyOf: the entry with `id` of `{id}` failed") : FindOutcome.Nothing;
    }

    public async ValueTask<FindOutcome> FindAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation)
    {
        if (kinds.Find(model) is not { } kind)
            return FindOutcome.Refused($"App or Model does not exist: {model}");
        var (entity, refusal) = await FirstAsync(kind, filters, cancellation);
        if (refusal is not null)
            return FindOutcome.Refused(refusal);
        return entity is null ? FindOutcome.Nothing : FindOutcome.Found(Keys.Of(kind, entity));
    }

    public async ValueTask<FindOutcome> FindObjectAsync(string model, IReadOnlyList<FindFilter> filters, CancellationToken cancellation)
    {
        if (kinds.Find(model) is not { } kind)
            return FindOutcome.Refused($"App or Model does not exist: {model}");
        if (kind.Path is null)
            return FindOutcome.Refused($"Model {model} is not resolvable through FindObject");
        var (entity, refusal) = await FirstAsync(kind, filters, cancellation);
        if (refusal is not null)
            return FindOutcome.Refused(refusal);
        if (entity is null)
            return FindOutcome.Nothing;
        return FindOutcome.Found((await Rendered.OneAsync(kind, entity, new LoadContext(db, caller, services, cancellation))).ToNode());
    }

    async Task<(object? Entity, string? Refusal)> FirstAsync(ModelKind kind, IReadOnlyList<FindFilter> filters, CancellationToken cancellation)
    {
        var conditions = filters.Select(filter => new FieldCondition(filter.Field, JsonSerializer.SerializeToElement(filter.Value))).ToList();
        var found = await find.FirstAsync(kind, conditions, tracked: false, cancellation);
        return found.Succeeded(out var entity, out var fault) ? (entity, null) : (null, fault.Message);
    }
}
