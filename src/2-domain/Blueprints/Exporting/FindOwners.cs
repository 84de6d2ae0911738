using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Exporting;

/// <summary>Finds the objects whose export an object is part of: the flows that show a stage, that ask a policy.</summary>
public sealed class FindOwners(ObjectQuery query, IEnumerable<ExportPart> parts)
{
    // Owners looked through at once; nobody binds one stage more often.
    const int Most = 1000;

    /// <summary>Keys of the owners of kind <paramref name="root"/>. <paramref name="diff"/> tells what was changed, so that an owner it was moved away from is found too.</summary>
    public async Task<IReadOnlySet<string>> ExecuteAsync(ModelKind root, ModelKind kind, object entity, JsonObject diff, CancellationToken cancellation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<(ModelKind, string)>();
        var open = new Queue<(ModelKind Kind, IReadOnlyList<object> Items, JsonObject Before)>([(kind.Of(entity), [entity], diff)]);
        while (open.TryDequeue(out var level))
        {
            if (level.Kind == root)
            {
                found.UnionWith(level.Items.Select(level.Kind.KeyOf));
                continue;
            }

            foreach (var part in parts.Where(p => p.Part == level.Kind || p.Part == level.Kind.Base))
            {
                List<object> owners = [.. (await OwnersAsync(part, level.Kind, level.Items, level.Before, cancellation)).Where(o => seen.Add((part.Owner, part.Owner.KeyOf(o))))];
                if (owners.Count > 0)
                    open.Enqueue((part.Owner, owners, []));
            }
        }

        return found;
    }

    async Task<IReadOnlyList<object>> OwnersAsync(ExportPart part, ModelKind kind, IReadOnlyList<object> items, JsonObject before, CancellationToken cancellation)
    {
        var keys = part.PartPoints
            ? items.Select(i => kind.Find(part.Field)!.Get(i)?.ToString()).Append(before[part.Field]?["previous_value"]?.ToString()).OfType<string>()
            : items.Select(kind.KeyOf);
        var condition = new FieldCondition(part.PartPoints ? "pk__in" : $"{part.Field}__in", JsonSerializer.SerializeToElement(keys.Distinct(StringComparer.Ordinal)));
        var owners = await query.SuggestAsync(part.Owner, Caller.System, new ListRequest { PageSize = Most, Conditions = [condition] }, cancellation);
        return owners.Value;
    }
}
