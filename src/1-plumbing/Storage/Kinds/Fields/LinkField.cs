using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Postern.Storage.Kinds.Fields;

/// <summary>References kept as rows of a pair table. The property is filled for a page with one statement and saved as a difference.</summary>
sealed class LinkField<T, TKey>(string name, Expression<Func<T, List<TKey>>> property, Codec codec, LinkTable table, ModelKind kind)
    : Field(name), ICoded, ILoadedField, ILinkField, ILinkProperty
    where T : class
    where TKey : struct
{
    readonly PropertyField<T, List<TKey>> inner = new(name, property, codec);

    public Codec Codec => codec;

    public LinkTable Table => table;

    public override LinkTable Link => table;

    public string PropertyName => ((MemberExpression)property.Body).Member.Name;

    public override FieldType Type => FieldType.ReferenceList;

    public override LambdaExpression? Member => null;

    public override object? Get(object entity) => inner.Get(entity);

    public override void Set(object entity, object? value) => inner.Set(entity, value);

    public override bool TryParse(JsonElement json, out object? value, out string error) => inner.TryParse(json, out value, out error);

    public override bool TryParse(string text, out object? value, out string error) => inner.TryParse(text, out value, out error);

    public override void Write(Utf8JsonWriter writer, object? value) => inner.Write(writer, value);

    public async ValueTask<Func<object, object?>> LoadAsync(IReadOnlyList<object> entities, LoadContext context)
    {
        await FillAsync(context.Db, entities, context.Cancellation);
        return Get;
    }

    public async ValueTask FillAsync(PosternDb db, IReadOnlyList<object> entities, CancellationToken cancellation)
    {
        if (entities.Count == 0)
            return;
        var byKey = new Dictionary<object, List<TKey>>();
        foreach (var entity in entities)
        {
            var list = new List<TKey>();
            Set(entity, list);
            byKey[kind.Key.Get(entity)!] = list;
        }
        // One row for each object: a page of groups may have thousands of members.
        await using var rows = await db.ReadAsync(
            $"SELECT {table.Own}, array_agg({table.Other} ORDER BY {table.Other}) FROM {table.Table} WHERE {table.Own} = ANY($1) GROUP BY 1", cancellation, KeyArray(byKey.Keys));
        while (await rows.ReadAsync(cancellation))
        {
            if (byKey.TryGetValue(rows.GetValue(0), out var list))
                list.AddRange(rows.GetFieldValue<TKey[]>(1));
        }
    }

    public async ValueTask SaveAsync(PosternDb db, object entity, CancellationToken cancellation)
    {
        var own = kind.Key.Get(entity)!;
        TKey[] wanted = [.. ((List<TKey>)Get(entity)!).Distinct()];
        await db.ExecuteAsync($"DELETE FROM {table.Table} WHERE {table.Own} = $1 AND NOT ({table.Other} = ANY($2))", cancellation, own, wanted);
        await db.ExecuteAsync(
            $"INSERT INTO {table.Table} ({table.Own}, {table.Other}) SELECT $1, unnest($2) ON CONFLICT DO NOTHING", cancellation, own, wanted);
    }

    static Array KeyArray(IEnumerable<object> keys) =>
        keys.FirstOrDefault() is int ? keys.Cast<int>().ToArray() : keys.Cast<Guid>().ToArray();
}

/// <summary>Names the property that holds the keys, which is no column.</summary>
interface ILinkProperty
{
    string PropertyName { get; }
}

/// <summary>A field whose rows live in a pair table.</summary>
interface ILinkField
{
    LinkTable Table { get; }

    ValueTask FillAsync(PosternDb db, IReadOnlyList<object> entities, CancellationToken cancellation);

    ValueTask SaveAsync(PosternDb db, object entity, CancellationToken cancellation);
}
