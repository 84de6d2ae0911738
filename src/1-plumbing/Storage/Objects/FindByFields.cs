using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;
using Postern.Storage.Kinds.Lookups;

namespace Postern.Storage.Objects;

/// <summary>Finds objects of any kind by conditions on their fields, in the search names that the reference's blueprints use.</summary>
public sealed class FindByFields(PosternDb db, KindRegistry kinds)
{
    // Objects looked through where the database cannot decide; kinds with more do not keep such fields.
    const int Most = 10_000;

    /// <summary>The first object, by key, that fulfils all conditions; null when none does. Faults: invalid, naming the condition.</summary>
    public async Task<Result<object?>> FirstAsync(ModelKind kind, IReadOnlyList<FieldCondition> conditions, bool tracked, CancellationToken cancellation)
    {
        var narrowed = await NarrowAsync(kind, kind.Query(db), conditions, cancellation);
        if (narrowed.Fault is not null)
            return narrowed.Fault;
        return await narrowed.Query.Order(kind.Key.Name).FirstAsync(tracked, cancellation);
    }

    /// <summary>Keeps of a query what fulfils all conditions.</summary>
    internal async Task<Narrowed> NarrowAsync(ModelKind kind, IKindQuery query, IReadOnlyList<FieldCondition> conditions, CancellationToken cancellation)
    {
        foreach (var condition in conditions)
        {
            var next = await NarrowAsync(kind, query, condition.Path, condition.Path.Split("__"), condition.Value, cancellation);
            if (next.Fault is not null)
                return next;
            query = next.Query;
        }
        return new Narrowed(query);
    }

    async Task<Narrowed> NarrowAsync(ModelKind kind, IKindQuery query, string path, string[] parts, JsonElement value, CancellationToken cancellation)
    {
        var field = parts[0] is "pk" or "id" ? kind.Find(parts[0]) ?? kind.Key : kind.Find(parts[0]);
        if (field is null || field.Type is FieldType.Computed)
            return Refused(path, $"Cannot resolve keyword '{parts[0]}' into field.");
        var lookup = parts.Length == 1 ? Lookup.Exact : LookupName.Parse(parts[^1]);
        if (parts.Length == 1 || (parts.Length == 2 && lookup is not null))
            return await ByValueAsync(kind, query, field, lookup!.Value, path, value, cancellation);
        if (field.Target is { } target && kinds.Find(target) is { } other)
            return await ThroughAsync(query, field, other, path, parts[1..], value, cancellation);
        if (field.Type is FieldType.Json)
            return ByContent(query, field, path, parts[1..], value);
        return Refused(path, $"Unsupported lookup '{parts[1]}' for field '{parts[0]}'.");
    }

    async Task<Narrowed> ByValueAsync(ModelKind kind, IKindQuery query, Field field, Lookup lookup, string path, JsonElement json, CancellationToken cancellation)
    {
        if (!LookupValue.Read(field, lookup, json).Succeeded(out var read, out var fault))
            return new Narrowed(fault);
        if (field is ILinkField link)
            return lookup is Lookup.Exact or Lookup.In ? await ByLinkAsync(query, link, read.Keys, cancellation) : Unsupported(field, lookup, path);
        if (query.Where(field, lookup, read.Value) is { } narrowed)
            return new Narrowed(narrowed);
        if (field.Member is null)
            return Refused(path, $"Cannot resolve keyword '{field.Name}' into field.");

        var passing = new List<object>();
        foreach (var entity in await query.PageAsync(0, Most, cancellation))
        {
            if (LookupInMemory.Passes(field.Get(entity), lookup, read.Value) is not { } passes)
                return Unsupported(field, lookup, path);
            if (passes)
                passing.Add(kind.Key.Get(entity)!);
        }
        return new Narrowed(query.WhereKey(passing));
    }

    async Task<Narrowed> ThroughAsync(
        IKindQuery query, Field field, ModelKind target, string path, string[] rest, JsonElement value, CancellationToken cancellation)
    {
        var there = await NarrowAsync(target, target.Query(db), path, rest, value, cancellation);
        if (there.Fault is not null)
            return there;
        List<object> keys = [.. (await there.Query.PageAsync(0, Most, cancellation)).Select(e => target.Key.Get(e)!)];
        if (field is ILinkField link)
            return await ByLinkAsync(query, link, keys, cancellation);
        return query.Where(field, Lookup.In, keys) is { } narrowed ? new Narrowed(narrowed) : Unsupported(field, Lookup.In, path);
    }

    async Task<Narrowed> ByLinkAsync(IKindQuery query, ILinkField link, IReadOnlyList<object> keys, CancellationToken cancellation)
    {
        var own = new List<object>();
        foreach (var key in keys)
        {
            await using var rows = await db.ReadAsync($"SELECT {link.Table.Own} FROM {link.Table.Table} WHERE {link.Table.Other} = $1", cancellation, key);
            while (await rows.ReadAsync(cancellation))
                own.Add(rows.GetValue(0));
        }
        return new Narrowed(query.WhereKey(own));
    }

    static Narrowed ByContent(IKindQuery query, Field field, string path, string[] keys, JsonElement value)
    {
        JsonNode? content = JsonNode.Parse(value.GetRawText());
        foreach (var key in keys.Reverse())
            content = new JsonObject { [key] = content };
        return query.Where(field, Lookup.Exact, content) is { } narrowed ? new Narrowed(narrowed) : Unsupported(field, Lookup.Exact, path);
    }

    static Narrowed Unsupported(Field field, Lookup lookup, string path) =>
        Refused(path, $"Unsupported lookup '{Kernel.Values.WireEnum<Lookup>.Name(lookup)}' for field '{field.Name}'.");

    static Narrowed Refused(string path, string message) => new(Fault.Field(path, message));

    /// <summary>A query, or why there is none.</summary>
    internal readonly record struct Narrowed
    {
        public Narrowed(IKindQuery query) => (Query, Fault) = (query, null);

        public Narrowed(Fault fault) => (Query, Fault) = (null!, fault);

        public IKindQuery Query { get; }

        public Fault? Fault { get; }
    }
}
