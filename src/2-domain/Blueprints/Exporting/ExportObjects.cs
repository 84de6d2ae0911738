using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Exporting;

/// <summary>
/// Writes objects as a blueprint that can be imported again, here or elsewhere. Values that are never answered (passwords, secrets) are not
/// part of it.
/// </summary>
public sealed class ExportObjects(PosternDb db, KindRegistry kinds, ObjectQuery query, IEnumerable<ExportPart> parts, TimeProvider clock, IServiceProvider services)
{
    const int PageSize = 500;

    /// <summary>Everything of every kind that blueprints may name and the caller may view.</summary>
    public async Task<string> EverythingAsync(Caller caller, CancellationToken cancellation)
    {
        var set = new ExportSet(kinds, parts);
        foreach (var kind in kinds.All.Where(kind => kind is { InBlueprints: true, Path: not null }))
        {
            foreach (var item in await AllAsync(kind, caller, [], cancellation))
                set.Add(item);
        }

        var date = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await WriteAsync($"Postern Export - {date}", set, cancellation);
    }

    /// <summary>One object with all that belongs to it. The door that calls this has checked that the caller may export it.</summary>
    public async Task<string> WithPartsAsync(ModelKind kind, object root, CancellationToken cancellation) =>
        await WriteAsync($"Export - {kind.NameOf(root)}", await PartsAsync(kind, root, cancellation), cancellation);

    /// <summary>
    /// The same for this installation alone: importing it brings the objects back to what they hold now, whatever they are called by then. The same state always gives the same text.
    /// </summary>
    public async Task<string> PictureAsync(ModelKind kind, object root, CancellationToken cancellation) =>
        await WriteAsync(kind.NameOf(root), await PartsAsync(kind, root, cancellation), cancellation, isExact: true);

    // Level by level: as many statements as there are kinds, however many objects.
    async Task<ExportSet> PartsAsync(ModelKind kind, object root, CancellationToken cancellation)
    {
        var set = new ExportSet(kinds, parts);
        var level = await RenderAsync([root], kind.Of(root), cancellation);
        set.Add(level[0]);
        while (level.Count > 0)
        {
            var next = new List<ExportedObject>();
            foreach (var part in parts)
            {
                var owners = level.Where(item => part.Owner == item.Kind || part.Owner == item.Kind.Base).ToList();
                var wanted = part.PartPoints ? Array(owners.Select(o => o.Key)) : Array(owners.SelectMany(o => ExportSet.Items(o.Values[part.Field])).OfType<JsonNode>().Select(ExportSet.Text));
                if (wanted.Count > 0)
                    next.AddRange((await AllAsync(part.Part, Caller.System, [In(part.PartPoints ? part.Field : "pk", wanted)], cancellation)).Where(set.Add));
            }
            level = next;
        }
        return set;
    }

    async Task<IReadOnlyList<ExportedObject>> AllAsync(ModelKind kind, Caller caller, IReadOnlyList<FieldCondition> conditions, CancellationToken cancellation)
    {
        var found = new List<ExportedObject>();
        for (var page = 1; ; page++)
        {
            var request = new ListRequest { Page = page, PageSize = PageSize, Conditions = conditions };
            var answer = await query.ListAsync(kind, caller, request, cancellation);
            // What the caller may not view is not part of their export.
            if (!answer.Succeeded(out var objects, out _))
                return found;
            foreach (var group in objects.Items.GroupBy(kind.Of))
                found.AddRange(await RenderAsync([.. group], group.Key, cancellation));
            if (page >= objects.TotalPages)
                return found;
        }
    }

    async Task<IReadOnlyList<ExportedObject>> RenderAsync(IReadOnlyList<object> entities, ModelKind kind, CancellationToken cancellation)
    {
        List<string> fields = [kind.Key.Name, .. kind.Fields.Where(field => field is { ReadOnly: false, Exported: true } && field != kind.Key).Select(field => field.Name)];
        var rendered = await Rendered.PageAsync(kind, entities, new LoadContext(db, Caller.System, services, cancellation), fields);
        return [.. rendered.Select(item => new ExportedObject(kind, kind.KeyOf(item.Entity), kind.NameOf(item.Entity), item.ToNode()))];
    }

    static JsonArray Array(IEnumerable<string> keys) => new([.. keys.Distinct(StringComparer.Ordinal).Select(k => JsonValue.Create(k))]);

    static FieldCondition In(string field, JsonArray keys) => new($"{field}__in", JsonSerializer.SerializeToElement(keys));

    async Task<string> WriteAsync(string name, ExportSet set, CancellationToken cancellation, bool isExact = false)
    {
        var sorted = ExportOrder.Sort(set);
        var outside = new ExportNames(isExact ? [] : await OutsideAsync(set, cancellation));
        var entries = new ExportEntries(set, outside, isExact).Of(sorted);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [BlueprintLabels.Generated] = "true" };
        return BlueprintWriter.Write(new Blueprint(new BlueprintMetadata(name, labels), MapNode.Empty, entries));
    }

    // How to find the objects that are referred to but not exported: by the field that identifies their kind.
    async Task<Dictionary<(ModelKind, string), (string, JsonNode)>> OutsideAsync(ExportSet set, CancellationToken cancellation)
    {
        var outside = new Dictionary<(ModelKind, string), (string, JsonNode)>();
        foreach (var (target, key) in set.Unresolved())
        {
            if (target.Identifiers is not [var identifier])
                continue;
            var found = await AllAsync(target, Caller.System, [new FieldCondition("pk", JsonSerializer.SerializeToElement(key))], cancellation);
            if (found is [{ } item] && item.Values[identifier] is { } value)
                outside[(target, ExportSet.Text(key))] = (identifier, value.DeepClone());
        }

        return outside;
    }
}
