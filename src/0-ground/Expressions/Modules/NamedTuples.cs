namespace Postern.Expressions;

/// <summary>collections.namedtuple.</summary>
internal static class NamedTuples
{
    public static readonly NativeFunction Function = new(
        "namedtuple", Signature.Parse("typename, field_names, *, rename=False, defaults=None", isMethod: false), (_, a) => Make(a));

    private static ScriptType Make(ReadOnlySpan<object?> a)
    {
        var name = TypeTable.Text(a[0], "namedtuple", 1);
        var fields = (a[1] is string text
            ? text.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : Iteration.ToArray(a[1]).Select(Representation.Text)).ToArray();
        foreach (var field in fields)
        {
            if (field.Length == 0 || !(char.IsLetter(field[0]) || field[0] == '_') || !field.All(c => char.IsLetterOrDigit(c) || c == '_'))
                throw TypeTable.ValueError($"Type names and field names must be valid identifiers: {Representation.Of(field)}");
            if (field[0] == '_')
                throw TypeTable.ValueError($"Field names cannot start with an underscore: {Representation.Of(field)}");
        }

        if (fields.Distinct(StringComparer.Ordinal).Count() != fields.Length)
            throw TypeTable.ValueError($"Encountered duplicate field name: {Representation.Of(fields.GroupBy(f => f, StringComparer.Ordinal).First(g => g.Count() > 1).Key)}");
        var defaults = a[3] is null ? [] : Iteration.ToArray(a[3]);
        if (defaults.Length > fields.Length)
            throw TypeTable.TypeError("Got more default values than field names");
        return Declare(new NamedTupleType(name, fields, defaults));
    }

    private static ScriptType Declare(NamedTupleType kind)
    {
        var type = kind.Type;
        var signature = string.Join(", ", kind.Fields.Select((f, i) => i < kind.Fields.Length - kind.Defaults.Length ? f : $"{f}=?"));
        type.New(signature, (_, a) => new ScriptTuple(a.ToArray().Select((v, i) => v is Unbound ? kind.Defaults[i - (kind.Fields.Length - kind.Defaults.Length)] : v).ToArray(), kind));
        for (var i = 0; i < kind.Fields.Length; i++)
        {
            var index = i;
            type.Getter(kind.Fields[i], t => ((ScriptTuple)t)[index]);
        }

        return type
            .Constant("_fields", new ScriptTuple(kind.Fields.Cast<object?>().ToArray()))
            .Method("_asdict", "", (_, a) => AsDict((ScriptTuple)a[0]!))
            .Method("_replace", "**kwds", (_, a) => Replace((ScriptTuple)a[0]!, (ScriptDict)a[1]!));
    }

    private static ScriptDict AsDict(ScriptTuple tuple)
    {
        var dict = new ScriptDict();
        for (var i = 0; i < tuple.Count; i++)
            dict.Set(tuple.Named!.Fields[i], tuple[i]);
        return dict;
    }

    private static ScriptTuple Replace(ScriptTuple tuple, ScriptDict values)
    {
        var items = tuple.Items.ToArray();
        foreach (var (key, value) in values)
        {
            var index = Array.IndexOf(tuple.Named!.Fields, (string)key!);
            if (index < 0)
                throw TypeTable.ValueError($"Got unexpected field names: [{Representation.Of(key)}]");
            items[index] = value;
        }

        return new ScriptTuple(items, tuple.Named!);
    }
}
