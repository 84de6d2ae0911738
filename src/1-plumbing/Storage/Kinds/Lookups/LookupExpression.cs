using System.Collections;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Postern.Storage.Kinds.Lookups;

/// <summary>Turns a lookup on a column into a condition of the database.</summary>
static class LookupExpression
{
    /// <summary>The condition; null when the field's type does not know the lookup.</summary>
    public static Expression<Func<T, bool>>? Build<T>(Field field, Lookup lookup, object? value)
    {
        if (field.Member is not { } member)
            return null;
        Expression? body = lookup switch
        {
            Lookup.Isnull => IsNull(member.Body, value is true),
            Lookup.Exact when value is null => IsNull(member.Body, isNull: true),
            Lookup.Exact when value is JsonNode json && member.Body.Type.IsInstanceOfType(json) => Contains(member.Body, json),
            Lookup.Exact when value is not IList => Expression.Equal(member.Body, Constant(value, member.Body.Type)),
            Lookup.In when value is IReadOnlyList<object> list => In(member.Body, list),
            _ when LookupName.IsText(lookup) && member.Body.Type == typeof(string) => Like(member.Body, lookup, (string)value!),
            _ when LookupName.IsOrder(lookup) && IsOrdered(member.Body.Type) => Order(member.Body, lookup, Constant(value, member.Body.Type)),
            _ => null,
        };
        return body is null ? null : Expression.Lambda<Func<T, bool>>(body, member.Parameters);
    }

    static Expression IsNull(Expression member, bool isNull)
    {
        if (member.Type.IsValueType && Nullable.GetUnderlyingType(member.Type) is null)
            return Expression.Constant(!isNull);
        var empty = Expression.Equal(member, Expression.Constant(null, member.Type));
        return isNull ? empty : Expression.Not(empty);
    }

    // A map given for a JSON field asks for objects that hold at least what it holds.
    static MethodCallExpression Contains(Expression member, JsonNode json) => Expression.Call(
        typeof(NpgsqlJsonDbFunctionsExtensions),
        nameof(NpgsqlJsonDbFunctionsExtensions.JsonContains),
        typeArguments: null,
        Expression.Constant(EF.Functions),
        Expression.Convert(member, typeof(object)),
        Expression.Convert(Constant(json, member.Type), typeof(object)));

    static MethodCallExpression In(Expression member, IReadOnlyList<object> values)
    {
        var typed = Array.CreateInstance(member.Type, values.Count);
        for (var i = 0; i < values.Count; i++)
            typed.SetValue(values[i], i);
        return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [member.Type], Constant(typed, typeof(IEnumerable<>).MakeGenericType(member.Type)), member);
    }

    static MethodCallExpression Like(Expression member, Lookup lookup, string text)
    {
        var pattern = Constant(LookupName.Pattern(lookup, text), typeof(string));
        return LookupName.IgnoresCase(lookup)
            ? Expression.Call(typeof(NpgsqlDbFunctionsExtensions), nameof(NpgsqlDbFunctionsExtensions.ILike), typeArguments: null, Expression.Constant(EF.Functions), member, pattern)
            : Expression.Call(typeof(DbFunctionsExtensions), nameof(DbFunctionsExtensions.Like), typeArguments: null, Expression.Constant(EF.Functions), member, pattern);
    }

    static BinaryExpression Order(Expression member, Lookup lookup, Expression value) => lookup switch
    {
        Lookup.Gt => Expression.GreaterThan(member, value),
        Lookup.Gte => Expression.GreaterThanOrEqual(member, value),
        Lookup.Lt => Expression.LessThan(member, value),
        _ => Expression.LessThanOrEqual(member, value),
    };

    static bool IsOrdered(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(int) || plain == typeof(long) || plain == typeof(double) || plain == typeof(DateTimeOffset));

    // A member of an object, so that it becomes a parameter of the statement.
    static MemberExpression Constant(object? value, Type type) =>
        Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(Box<>).MakeGenericType(type), value)), nameof(Box<>.Value));

    sealed class Box<TValue>(TValue value)
    {
        public readonly TValue Value = value;
    }
}
