using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary><c>values_list()</c> and <c>values()</c>: fields instead of objects.</summary>
static class QueryValues
{
    public static async ValueTask<object?> ListAsync(QuerySet query, HostCall call)
    {
        var names = Names(query, call);
        var flat = call.TryGet(-1, "flat", out var wish) && ScriptValue.IsTrue(wish);
        if (flat && names.Count != 1)
            throw new ScriptException(ExceptionTypes.TypeError, "'flat' is not valid when values_list is called with more than one field.");
        var rows = await QueryRows.LoadAsync(query, call.Cancellation);
        return new ScriptList(rows.Select(row => flat ? Value(row, names[0]) : new ScriptTuple([.. names.Select(n => Value(row, n))])));
    }

    public static async ValueTask<object?> DictionariesAsync(QuerySet query, HostCall call)
    {
        var names = Names(query, call);
        var rows = await QueryRows.LoadAsync(query, call.Cancellation);
        return new ScriptList(rows.Select(row => (object?)new ScriptDict(names.Select(n => KeyValuePair.Create(n, Value(row, n))))));
    }

    static List<string> Names(QuerySet query, HostCall call)
    {
        List<string> names = [.. call.Arguments.ToArray().Select(ScriptValue.ToText)];
        if (names.Count == 0)
            names = [.. query.Model.FieldNames];
        return names.Find(n => !query.Model.TryField(n, out _)) is { } unknown ? throw Lookups.UnknownField(query.Model, unknown) : names;
    }

    static object? Value(ModelObject row, string name)
    {
        row.Model.TryField(name, out var field);
        return row.Run.Show(field!.Get(row.Subject));
    }
}
