using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Storage.Queries;

/// <summary>Conditions that comparisons come down to; values always become parameters of the statement.</summary>
static class QueryExpressions
{
    public static LambdaExpression Texts(LambdaExpression member, QueryNode.Test test, IReadOnlyList<string> values)
    {
        var body = test.Operator switch
        {
            "=" or "in" => values.Select(v => (Expression)Expression.Equal(member.Body, Value(v, typeof(string)))).Aggregate(Expression.OrElse),
            "~" => Like(member.Body, $"%{PlainSearch.Escape(values[0])}%"),
            "startswith" => Like(member.Body, $"{PlainSearch.Escape(values[0])}%"),
            "endswith" => Like(member.Body, $"%{PlainSearch.Escape(values[0])}"),
            var order => Ordered(order, Expression.Call(typeof(string), nameof(string.Compare), typeArguments: null, member.Body, Value(values[0], typeof(string))), Expression.Constant(0)),
        };
        return Expression.Lambda(body, member.Parameters);
    }

    public static LambdaExpression Values(LambdaExpression member, QueryNode.Test test, IReadOnlyList<object> values)
    {
        var body = test.Operator is "=" or "in"
            ? values.Select(v => (Expression)Expression.Equal(member.Body, Value(v, member.ReturnType))).Aggregate(Expression.OrElse)
            : Ordered(test.Operator, member.Body, Value(values[0], member.ReturnType));
        return Expression.Lambda(body, member.Parameters);
    }

    public static LambdaExpression IsNull(LambdaExpression member) => Expression.Lambda(Expression.Equal(member.Body, Expression.Constant(null, member.ReturnType)), member.Parameters);

    public static LambdaExpression IsPresent(LambdaExpression member) => Expression.Lambda(Expression.NotEqual(member.Body, Expression.Constant(null, member.ReturnType)), member.Parameters);

    public static LambdaExpression Join(ExpressionType how, LambdaExpression left, LambdaExpression right) =>
        Expression.Lambda(Expression.MakeBinary(how, left.Body, new KindQuery.Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    public static LambdaExpression Opposite(LambdaExpression condition) => Expression.Lambda(Expression.Not(condition.Body), condition.Parameters);

    static BinaryExpression Ordered(string sign, Expression left, Expression right) => sign switch
    {
        ">" => Expression.GreaterThan(left, right),
        ">=" => Expression.GreaterThanOrEqual(left, right),
        "<" => Expression.LessThan(left, right),
        _ => Expression.LessThanOrEqual(left, right),
    };

    static MethodCallExpression Like(Expression member, string pattern) => Expression.Call(
        typeof(NpgsqlDbFunctionsExtensions), nameof(NpgsqlDbFunctionsExtensions.ILike), typeArguments: null,
        Expression.Constant(EF.Functions), member, Value(pattern, typeof(string)), Expression.Constant(PlainSearch.EscapeCharacter));

    internal static Expression Value(object? value, Type type)
    {
        var holder = typeof(Holder<>).MakeGenericType(type);
        return Expression.Property(Expression.Constant(Activator.CreateInstance(holder, value)), nameof(Holder<>.Value));
    }

    sealed record Holder<TValue>(TValue Value);
}
