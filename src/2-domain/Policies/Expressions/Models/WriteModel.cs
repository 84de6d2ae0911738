using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Expressions.Showing;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Policies.Expressions.Models;

/// <summary>
/// The few writes expressions have. Each goes through the use cases every door uses, so the kind's rules hold and the change is recorded;
/// fields that a model does not list are refused.
/// </summary>
static class WriteModel
{
    const int MostUpdates = 100;

    static readonly ScriptType ValidationError = ScriptType.NewException("ValidationError");

    /// <summary><c>update(field=value)</c>: changes what the query finds and answers how many that were.</summary>
    public static async ValueTask<object?> UpdateAsync(QuerySet query, HostCall call)
    {
        var body = Body(query.Model, call.Keywords);
        var rows = await QueryRows.LoadAsync(query.Slice(0, MostUpdates + 1), call.Cancellation);
        if (rows.Count > MostUpdates)
            throw new ScriptException(ExceptionTypes.RuntimeError, $"update() may change {MostUpdates} objects at once at most");
        foreach (var row in rows)
            await ChangeAsync(row, body, call.Cancellation);
        return rows.Count;
    }

    public static async ValueTask<object?> CreateAsync(QuerySet query, HostCall call) => await MakeAsync(query, call.Keywords, call.Cancellation);

    /// <summary><c>get_or_create(**filters, defaults={})</c>: the object and whether it is new.</summary>
    public static async ValueTask<object?> GetOrCreateAsync(QuerySet query, HostCall call)
    {
        var filters = call.Keywords.Where(k => !string.Equals(k.Key, "defaults", StringComparison.Ordinal)).ToList();
        var narrowed = filters.Aggregate(query, (q, f) => q.Where((sql, alias) => Lookups.Condition(q.Run.Catalog, q.Model, sql, alias, f.Key, f.Value)));
        if (await QueryRows.FirstAsync(narrowed, call.Cancellation) is { } found)
            return new ScriptTuple([found, false]);
        var defaults = call.TryGet(-1, "defaults", out var given) && ScriptValue.ToPlain(given) is IDictionary<string, object?> map ? map : new Dictionary<string, object?>(StringComparer.Ordinal);
        var made = await MakeAsync(query, filters.Concat(defaults.Where(d => !filters.Exists(f => string.Equals(f.Key, d.Key, StringComparison.Ordinal)))), call.Cancellation);
        return new ScriptTuple([made, true]);
    }

    /// <summary><c>save()</c>: writes the writable fields as they are now.</summary>
    public static async ValueTask SaveAsync(ModelObject self, CancellationToken cancellation)
    {
        if (self.Model.Writable.Count == 0)
            throw new ScriptException(ExceptionTypes.PermissionError, $"{self.Model.ClassName} objects cannot be changed by expressions");
        var body = new JsonObject();
        foreach (var field in self.Model.Kind.Fields.Where(f => self.Model.Writable.Contains(f.Name) && f.Link is null))
            body[field.Name] = Node(field, field.Get(self.Subject));
        await ChangeAsync(self, body, cancellation);
    }

    /// <summary>Sets a field in memory, by the field's own reading of the value.</summary>
    public static void SetField(Field field, object entity, object? value)
    {
        var json = JsonSerializer.SerializeToElement(JsonDictionary.ToNode(value));
        if (!field.TryParse(json, out var parsed, out var error))
            throw new ScriptException(ExceptionTypes.ValueError, $"{field.Name}: {error}");
        field.Set(entity, parsed);
    }

    static async ValueTask<ModelObject> MakeAsync(QuerySet query, IEnumerable<KeyValuePair<string, object?>> values, CancellationToken cancellation)
    {
        if (!query.Model.Creatable)
            throw new ScriptException(ExceptionTypes.PermissionError, $"{query.Model.ClassName} objects cannot be created by expressions");
        RefuseInTrial(query.Run);
        var body = JsonSerializer.SerializeToElement(Body(query.Model, values));
        var save = query.Run.Own.GetRequiredService<SaveObject>();
        var made = await save.CreateAsync(query.Model.Kind, Caller.System, body, SaveOptions.Full, cancellation);
        if (!made.Succeeded(out var entity, out var fault))
            throw Refused(fault);
        await RecordAsync(query.Run, EventAction.ModelCreated, query.Model.Kind, entity, cancellation);
        return new ModelObject(query.Model, entity, query.Run);
    }

    static async ValueTask ChangeAsync(ModelObject row, JsonObject body, CancellationToken cancellation)
    {
        RefuseInTrial(row.Run);
        var entity = await row.Model.TrackAsync(row.Run.Db, row.Key!, cancellation)
            ?? throw new ScriptException(row.Model.Missing, $"{row.Model.ClassName} matching query does not exist.");
        var save = row.Run.Own.GetRequiredService<SaveObject>();
        var saved = await save.UpdateAsync(row.Model.Kind, Caller.System, entity, JsonSerializer.SerializeToElement(body), SaveOptions.Patch, cancellation);
        if (saved.Fault is { } fault)
            throw Refused(fault);
        await RecordAsync(row.Run, EventAction.ModelUpdated, row.Model.Kind, entity, cancellation);
    }

    static void RefuseInTrial(ExpressionRun run)
    {
        if (run.Request is { Debug: true })
            throw new ScriptException(ExceptionTypes.PermissionError, "nothing is written while an expression is tried");
    }

    static JsonObject Body(ExpressionModel model, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var body = new JsonObject();
        foreach (var (name, value) in values)
        {
            if (!model.Writable.Contains(name))
                throw new ScriptException(ExceptionTypes.PermissionError, $"{model.ClassName}.{name} cannot be written by expressions");
            body[name] = value is ModelObject related ? JsonValue.Create(ScriptValue.ToText(related.Run.Show(related.Key))) : JsonDictionary.ToNode(value);
        }
        return body;
    }

    static JsonNode? Node(Field field, object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            field.Write(writer, value);
        return JsonNode.Parse(buffer.ToArray());
    }

    // Expressions act for the product, not with the rights of the person who happens to be signed in; the record names both.
    static async ValueTask RecordAsync(ExpressionRun run, EventAction action, ModelKind kind, object entity, CancellationToken cancellation)
    {
        var context = new JsonObject { ["model"] = ObjectPart.Of(kind, entity), ["expression"] = run.Input.Name };
        run.Own.GetRequiredService<RecordEvent>().Add(run.Request?.Caller ?? Caller.System, action, kind.App, context);
        await run.Db.SaveChangesAsync(cancellation);
    }

    static ScriptException Refused(Fault fault) => new(ValidationError, fault.Message);
}
