using System.Collections;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Checks that given references point to objects that exist; one statement per field.</summary>
static class References
{
    public static async ValueTask CheckAsync(ModelKind kind, object entity, ObjectInput input, SaveContext context)
    {
        foreach (var field in kind.Fields.Where(f => f.Target is not null && input.Given.Contains(f.Name)))
        {
            if (context.Errors[field.Name].Count > 0 || field.Get(entity) is not { } value)
                continue;
            List<object> keys = value is IEnumerable list ? [.. list.Cast<object>().Distinct()] : [value];
            if (keys.Count == 0 || context.Get<KindRegistry>().Find(field.Target!) is not { } target)
                continue;
            var found = (await target.ByKeysAsync(context.Db, keys, context.Cancellation)).Select(e => target.Key.Get(e)!).ToHashSet();
            foreach (var missing in keys.Where(k => !found.Contains(k)))
                context.Errors.Add(field.Name, $"Invalid pk \"{missing}\" - object does not exist.");
        }
    }
}
