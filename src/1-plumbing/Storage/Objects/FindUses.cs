using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Objects;

/// <summary>Lists what refers to an object, and what its deletion would do to it.</summary>
public sealed class FindUses(PosternDb db, IAccess access, KindRegistry kinds)
{
    const int Most = 1000;

    /// <summary>Uses the caller may view, at most 1000 per kind of reference.</summary>
    public async Task<IReadOnlyList<ObjectUse>> ExecuteAsync(ModelKind kind, Caller caller, object entity, CancellationToken cancellation)
    {
        var uses = new List<ObjectUse>();
        var key = kind.Key.Get(entity)!;
        foreach (var (owner, field) in kinds.ReferencesTo(kind))
        {
            var scope = caller.IsSystem ? AccessScope.Everything : await access.ScopeAsync(caller, owner.View, cancellation);
            if (scope.IsEmpty)
                continue;
            var action = field.Type is FieldType.ReferenceList ? "cascade_many" : Action(field.OnDelete);
            foreach (var use in await UsesAsync(owner, field, key, scope, cancellation))
                uses.Add(new ObjectUse(owner.App, owner.Of(use).Model, owner.KeyOf(use), owner.NameOf(use), action));
        }
        return uses;
    }

    async Task<IReadOnlyList<object>> UsesAsync(ModelKind owner, Field field, object key, AccessScope scope, CancellationToken cancellation)
    {
        var query = owner.Query(db).Within(scope);
        if (field is ILinkField link)
        {
            var keys = new List<object>();
            await using (var rows = await db.ReadAsync($"SELECT {link.Table.Own} FROM {link.Table.Table} WHERE {link.Table.Other} = $1 LIMIT {Most}", cancellation, key))
            {
                while (await rows.ReadAsync(cancellation))
                    keys.Add(rows.GetValue(0));
            }
            return keys.Count == 0 ? [] : await owner.ByKeysAsync(db, keys, cancellation);
        }
        return await query.Where(field, field.Type is FieldType.ReferenceList ? new List<Guid> { (Guid)key } : key).PageAsync(0, Most, cancellation);
    }

    static string Action(OnDelete what) => what switch
    {
        OnDelete.Cascade => "cascade",
        OnDelete.LeftDangling => "left_dangling",
        _ => "set_null",
    };
}

/// <summary>One use of an object, as the wire has it.</summary>
public sealed record ObjectUse(string App, string ModelName, string Pk, string Name, string Action);
