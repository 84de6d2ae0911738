using System.Text.Json;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Objects;

/// <summary>A JSON body read by the fields of a kind.</summary>
sealed class ObjectInput
{
    readonly Dictionary<Field, JsonElement> values = [];
    readonly ModelKind kind;
    readonly SaveOptions options;
    readonly bool isObject;
    readonly string shape;

    public ObjectInput(ModelKind kind, JsonElement body, SaveOptions options)
    {
        (this.kind, this.options) = (kind, options);
        isObject = body.ValueKind is JsonValueKind.Object;
        shape = body.ValueKind is JsonValueKind.Array ? "list" : "str";
        if (!isObject)
            return;
        foreach (var member in body.EnumerateObject())
        {
            var field = options.FromBlueprint ? kind.FindWritable(member.Name) : kind.Fields.FirstOrDefault(f => string.Equals(f.Name, member.Name, StringComparison.Ordinal));
            if (field is not null && !field.ReadOnly && (options.FromBlueprint || !field.BlueprintOnly))
                values[field] = member.Value;
        }
        var emptied = options.Partial || options.IsNew ? [] : kind.Fields.Where(f => f.EmptiedByPut);
        Given = values.Keys.Concat(emptied).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlySet<string> Given { get; } = new HashSet<string>(StringComparer.Ordinal);

    public void Apply(object entity, SaveContext context)
    {
        if (!isObject)
        {
            context.Errors.Add(FieldErrors.NonField, $"Invalid data. Expected a dictionary, but got {shape}.");
            return;
        }
        var defaults = !options.Partial && !options.IsNew ? kind.New() : null;
        foreach (var field in kind.Fields.Where(f => !f.ReadOnly))
        {
            if (values.TryGetValue(field, out var json))
                Read(field, json, entity, context);
            // What is never answered need not be sent back: it stays as it is.
            else if (field.Required && (options.IsNew || (!options.Partial && !field.WriteOnly)) && !field.BlueprintOnly)
                context.Errors.Add(field.Name, "This field is required.");
            else if (defaults is not null && !field.WriteOnly && field is ICoded && (field is not ILinkField || field.EmptiedByPut))
                field.Set(entity, field.Get(defaults));
        }
    }

    void Read(Field field, JsonElement json, object entity, SaveContext context)
    {
        if (options.FromBlueprint && json.ValueKind is JsonValueKind.String && field.ValueAliases.TryGetValue(json.GetString()!, out var now))
            json = JsonSerializer.SerializeToElement(now);
        if (options.FromBlueprint && field.OlderForm?.Invoke(json) is { } translated)
            json = JsonSerializer.SerializeToElement(translated);
        if (!field.TryParse(json, out var value, out var error))
            context.Errors.Add(field.Name, error);
        else if (field is ExtraField)
            context.Extras[field.Name] = value;
        else
        {
            if (field.WriteOnly && !context.IsNew)
                context.Remember(field, entity);
            field.Set(entity, value);
        }
    }
}
