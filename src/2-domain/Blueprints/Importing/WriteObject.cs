using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Resolving;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>Creates or changes the object of an entry: attributes, with the identifiers winning over them.</summary>
internal sealed class WriteObject(SaveObject save)
{
    /// <summary>The saved object; null when the entry failed.</summary>
    public async Task<object?> ExecuteAsync(EntryWork work, ModelKind kind, object? existing, CancellationToken cancellation)
    {
        if (await DataAsync(work, kind, cancellation) is not { } data)
            return null;
        var body = JsonSerializer.SerializeToElement(data);
        var changes = new JsonObject();
        var options = SaveOptions.Blueprint with { Changed = diff => changes = diff, Made = values => work.Values = Given(values, data) };
        var saved = existing is null
            ? await save.CreateAsync(kind, work.Caller, body, options with { Partial = false, Prepare = entity => SetKey(work, kind, entity) }, cancellation)
            : await save.UpdateAsync(kind, work.Caller, existing, body, options, cancellation);
        if (!saved.Succeeded(out var entity, out var fault))
        {
            Refusals.Add(work, kind, fault);
            return null;
        }

        work.Changes = (JsonObject)changes.DeepClone();
        work.Action = existing is null ? EntryAction.Created : changes.Count > 0 ? EntryAction.Updated : EntryAction.Unchanged;
        return entity;
    }

    static JsonObject Given(JsonObject values, JsonObject data) =>
        new(values.Where(v => data.ContainsKey(v.Key)).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())));

    static async Task<JsonObject?> DataAsync(EntryWork work, ModelKind kind, CancellationToken cancellation)
    {
        var resolved = await work.ResolveAsync(work.Entry.Attrs, cancellation);
        if (resolved.IsFailed)
            return null;
        if (resolved.Value is not (null or JsonObject))
        {
            work.Fail(work.Entry.Attrs.Place, "`attrs` is a map.");
            return null;
        }

        var data = PkReplacement.InAttrs(kind, resolved.Value as JsonObject ?? [], work.Objects);
        WarnOfUnknown(work, kind, data);
        var identifiers = (JsonObject)work.Identifiers.DeepClone();
        identifiers.Remove("pk");
        identifiers.Remove("id");
        JsonMerge.Into(data, identifiers);
        return data;
    }

    static void WarnOfUnknown(EntryWork work, ModelKind kind, JsonObject data)
    {
        foreach (var (name, _) in data)
        {
            var place = (work.Entry.Attrs as MapNode)?.Find(name)?.Place ?? work.Entry.Place;
            if (kind.Find(name) is null)
                work.Warn(place, $"{kind.Name} has no field `{name}`; it is ignored.");
            else if (kind.FindWritable(name) is null)
                work.Warn(place, $"The field `{name}` of {kind.Name} cannot be set; it is ignored.");
        }
    }

    // Keys that the database hands out itself (numbers) cannot be chosen.
    static void SetKey(EntryWork work, ModelKind kind, object entity)
    {
        if (work.Identifiers["pk"] is { } pk && kind.Key.Type is FieldType.Uuid && kind.Key.TryParse(JsonSerializer.SerializeToElement(pk), out var key, out _))
            kind.Key.Set(entity, key);
    }
}
