using System.Text.Json;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>Finds the object an entry is about: the one with the given primary key, else the one that fits all other identifiers.</summary>
internal sealed class MatchObject(FindByFields find)
{
    /// <summary>The object, tracked; null when there is none. Bad identifiers are noted.</summary>
    public async Task<object?> ExecuteAsync(EntryWork work, ModelKind kind, CancellationToken cancellation)
    {
        var (keys, others) = (new List<FieldCondition>(), new List<FieldCondition>());
        foreach (var (name, value) in work.Identifiers)
        {
            var condition = new FieldCondition(name, JsonSerializer.SerializeToElement(value));
            if (Keys.IsKey(name))
                keys.Add(condition);
            else if (kind.Find(name) is not { } field)
                work.Fail(Places.Of(work.Entry, name), $"Invalid identifier field: {name}");
            // What is kept only as a hash, or on no column, cannot be searched for; the value is still set.
            else if (!field.WriteOnly && field is not { Member: null, Type: not FieldType.ReferenceList })
                others.Add(condition);
        }

        if (work.HasFailed)
            return null;
        return await FirstAsync(work, kind, keys, cancellation) ?? await FirstAsync(work, kind, others, cancellation);
    }

    async Task<object?> FirstAsync(EntryWork work, ModelKind kind, List<FieldCondition> conditions, CancellationToken cancellation)
    {
        if (conditions.Count == 0)
            return null;
        var found = await find.FirstAsync(kind, conditions, tracked: true, cancellation);
        if (found.Fault is null)
            return found.Value;
        Refusals.Add(work, kind, found.Fault);
        return null;
    }
}
