namespace Postern.Kernel;

/// <summary>Validation errors by field, in the order they were found. Wire shape: <c>{"field": ["text", ...]}</c>.</summary>
public sealed class FieldErrors
{
    /// <summary>The key of errors that concern the input as a whole.</summary>
    public const string NonField = "non_field_errors";

    readonly Dictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public bool Any => errors.Count > 0;

    public IEnumerable<string> Fields => errors.Keys;

    public IReadOnlyList<string> this[string field] => errors.TryGetValue(field, out var list) ? list : [];

    public static FieldErrors Of(string field, string message)
    {
        var one = new FieldErrors();
        one.Add(field, message);
        return one;
    }

    public void Add(string field, string message)
    {
        if (!errors.TryGetValue(field, out var list))
            errors[field] = list = [];
        list.Add(message);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ToDictionary() =>
        errors.ToDictionary(e => e.Key, e => (IReadOnlyList<string>)e.Value, StringComparer.Ordinal);

    public override string ToString() => string.Join("; ", errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}"));
}
