using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Kinds;

/// <summary>An entity ready to be written: its kind's fields with everything loaded.</summary>
public sealed class Rendered
{
    static readonly object Omitted = new();

    readonly object entity;
    readonly IReadOnlyList<(Field Field, Func<object, object?> Value)> members;

    Rendered(ModelKind kind, object entity, IReadOnlyList<(Field, Func<object, object?>)> members) =>
        (Kind, this.entity, this.members) = (kind, entity, members);

    public ModelKind Kind { get; }

    public object Entity => entity;

    /// <summary>Renders a page: every computed field is loaded once per kind, whatever the number of entities.</summary>
    public static async ValueTask<IReadOnlyList<Rendered>> PageAsync(ModelKind kind, IReadOnlyList<object> entities, LoadContext context, IReadOnlyList<string>? only = null)
    {
        var loaded = await MembersAsync(kind, entities, context, only is { Count: > 0 } ? only : null);
        return [.. entities.Select(e => new Rendered(kind, e, loaded))];
    }

    public static async ValueTask<Rendered> OneAsync(ModelKind kind, object entity, LoadContext context) =>
        (await PageAsync(kind, [entity], context))[0];

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (field, read) in members)
        {
            var value = read(entity);
            if (value == Omitted)
                continue;
            writer.WritePropertyName(field.Name);
            field.Write(writer, value);
        }
        writer.WriteEndObject();
    }

    public JsonObject ToNode()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer);
        return JsonNode.Parse(buffer.ToArray())!.AsObject();
    }

    static async ValueTask<IReadOnlyList<(Field, Func<object, object?>)>> MembersAsync(
        ModelKind kind, IReadOnlyList<object> entities, LoadContext context, IReadOnlyList<string>? only)
    {
        var found = new List<(Field, Func<object, object?>)>();
        foreach (var field in kind.Fields.Where(f => (!f.WriteOnly || f.Reveal is not null) && !f.BlueprintOnly && only?.Contains(f.Name, StringComparer.Ordinal) != false))
        {
            if (field.Reveal is { } reveal)
                found.Add((field, await SecretAsync(kind, reveal, context)));
            else if (field is not ILoadedField batch)
                found.Add((field, field.Get));
            else if (context.Excluded.Contains(field.Name) || (field.OnRequest && !context.Included.Contains(field.Name)))
                found.Add((field, _ => null));
            else
                found.Add((field, await batch.LoadAsync(entities, context)));
        }
        return found;
    }

    static async ValueTask<Func<object, object?>> SecretAsync(ModelKind kind, Func<object, LoadContext, object?> reveal, LoadContext context)
    {
        var scope = context.Caller.IsSystem ? AccessScope.Everything : await context.Get<IAccess>().ScopeAsync(context.Caller, kind.Change, context.Cancellation);
        return entity => scope.Covers(kind.KeyOf(entity)) ? reveal(entity, context) : Omitted;
    }
}
