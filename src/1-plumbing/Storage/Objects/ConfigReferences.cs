using System.Collections;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Objects;

/// <summary>
/// References that are no database columns of their own (inside <c>config</c>, or in arrays) are let go when their target is deleted;
/// for columns the foreign keys do it.
/// </summary>
static class ConfigReferences
{
    public static async ValueTask ReleaseAsync(ModelKind kind, object entity, SaveContext context)
    {
        var key = kind.Key.Get(entity)!;
        foreach (var (owner, field) in context.Get<KindRegistry>().ReferencesTo(kind).Where(r => !InColumn(r.Kind, r.Field)))
        {
            foreach (var referring in await ReferringAsync(owner, field, key, context))
                Release(field, referring, key);
        }
    }

    /// <summary>Tracked objects that refer to the key by a field outside the foreign keys.</summary>
    public static async ValueTask<IReadOnlyList<object>> ReferringAsync(ModelKind owner, Field field, object key, SaveContext context) =>
        await owner.Query(context.Db).Where(field, field.Type is FieldType.ReferenceList ? new List<Guid> { (Guid)key } : key).AllAsync(context.Cancellation);

    public static bool InColumn(ModelKind owner, Field field) =>
        field is ILinkField || (field.Type is FieldType.Reference && (owner.Base is null || owner.Base.Find(field.Name) is not null));

    static void Release(Field field, object referring, object key)
    {
        if (field.Get(referring) is IList list)
            field.Set(referring, list.Cast<Guid>().Where(g => g != (Guid)key).ToList());
        else
            field.Set(referring, null);
    }
}
