using System.Collections;
using System.Text.Json;
using Postern.Kernel;

namespace Postern.Storage.Kinds.Lookups;

/// <summary>The value of a condition, read by the field it is compared with.</summary>
sealed record LookupValue(object? Value)
{
    /// <summary>The value as keys of other objects, for references in lists.</summary>
    public IReadOnlyList<object> Keys => Value switch
    {
        null => [],
        IEnumerable list and not string => [.. list.Cast<object>()],
        var one => [one],
    };

    public static Result<LookupValue> Read(Field field, Lookup lookup, JsonElement json)
    {
        if (lookup is Lookup.Isnull)
            return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? new LookupValue(json.GetBoolean()) : Fault.Field(field.Name, "The QuerySet value for an isnull lookup must be True or False.");
        if (LookupName.IsText(lookup))
            return json.ValueKind is JsonValueKind.String ? new LookupValue(json.GetString()) : Fault.Field(field.Name, "Not a valid string.");
        if (lookup is not Lookup.In)
            return One(field, json).Then(value => new LookupValue(value));
        if (json.ValueKind is not JsonValueKind.Array)
            return Fault.Field(field.Name, "Expected a list of items.");
        var values = new List<object>();
        foreach (var item in json.EnumerateArray())
        {
            if (!One(field, item).Succeeded(out var value, out var fault))
                return fault;
            if (value is not null)
                values.Add(value);
        }
        return new LookupValue(values);
    }

    // A text that breaks a rule of its field is the text of no object; asking for it is no error.
    static Result<object?> One(Field field, JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null)
            return default(Result<object?>);
        if (json.ValueKind is JsonValueKind.String && field.Member?.ReturnType == typeof(string))
            return json.GetString();
        if (field.Type is FieldType.ReferenceList && json.ValueKind is not JsonValueKind.Array)
            json = JsonSerializer.SerializeToElement(new[] { json });
        if (!field.TryParse(json, out var value, out var error))
            return Fault.Field(field.Name, error);
        return value;
    }
}
