using System.Globalization;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>Script values as parameters of the type a column has.</summary>
static class ParameterValue
{
    public static object Of(object? value, Type type)
    {
        var plain = value is ModelObject model ? model.Key : ScriptValue.ToPlain(value);
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return Convert(plain, wanted) ?? throw new ScriptException(ExceptionTypes.ValueError, $"'{ScriptValue.ToText(value)}' is not a valid value for this field");
    }

    public static Array ListOf(object? value, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        var items = Items(value).Select(v => Of(v, wanted)).ToArray();
        var list = Array.CreateInstance(ColumnType(wanted), items.Length);
        items.CopyTo(list, 0);
        return list;
    }

    /// <summary>The items of any list a script may give to <c>__in</c>.</summary>
    public static IEnumerable<object?> Items(object? value) => value switch
    {
        ScriptList or ScriptTuple or ScriptSet => (IEnumerable<object?>)ScriptValue.ToPlain(value)!,
        LiveList live => live.Content,
        QuerySet query => query.Run.Await(QueryRows.LoadAsync(query, query.Run.Cancellation)),
        _ => throw new ScriptException(ExceptionTypes.TypeError, $"'{ScriptValue.TypeName(value)}' object is not iterable"),
    };

    static Type ColumnType(Type type) => type.IsEnum ? typeof(string) : type;

    static object? Convert(object? plain, Type wanted)
    {
        if (wanted == typeof(Guid))
            return plain is Guid uuid ? uuid : Guid.TryParse(plain as string, out var parsed) ? parsed : null;
        if (wanted == typeof(int))
            return plain is long number and >= int.MinValue and <= int.MaxValue ? (int)number
                : plain is int small ? small
                : int.TryParse(plain as string, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : null;
        if (wanted == typeof(bool))
            return ScriptValue.IsTrue(plain);
        if (wanted == typeof(double))
            return plain is double real ? real : plain is long whole ? (double)whole : null;
        if (wanted == typeof(DateTimeOffset))
            return plain is DateTimeOffset time ? time.ToUniversalTime()
                : DateTimeOffset.TryParse(plain as string, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
        return ScriptValue.ToText(plain);
    }
}
