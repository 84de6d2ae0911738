using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Storage.Queries;

/// <summary>Objects that have something of a name, such as users in groups, or with <c>= none</c> nothing of the kind. The statement answers their keys as <c>"Value"</c> and holds <c>{condition}</c> once.</summary>
/// <param name="Column">The column of names that the condition is about.</param>
sealed record KeysQueryField<T, TKey>(string Name, Expression<Func<T, TKey>> Key, string Sql, string Column) : QueryField(Name)
{
    public override string Type => "str";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        if (test is { Operator: "=", Values: [{ Kind: QueryValueKind.None } or { Kind: QueryValueKind.Word, Text: "none" }] })
            return Expression.Lambda(Expression.Not(Among(run, "{0}", true)), Key.Parameters);
        foreach (var wrong in test.Values.Where(v => v.Kind is not QueryValueKind.Text))
            throw Mismatch(test, wrong, "strings");
        var text = test.Values[0].Text;
        (string Condition, object Value) = test.Operator switch
        {
            "=" or "in" => ($"{Column} = ANY({{0}})", (object)test.Values.Select(v => v.Text).ToArray()),
            "~" => ($"{Column} ILIKE {{0}}", $"%{PlainSearch.Escape(text)}%"),
            "startswith" => ($"{Column} ILIKE {{0}}", $"{PlainSearch.Escape(text)}%"),
            "endswith" => ($"{Column} ILIKE {{0}}", $"%{PlainSearch.Escape(text)}"),
            _ => throw NotThatWay(test),
        };
        return Expression.Lambda(Among(run, Condition, Value), Key.Parameters);
    }

    MethodCallExpression Among(QueryRun run, string condition, object value)
    {
        var keys = run.Db.Database.SqlQueryRaw<TKey>(Sql.Replace("{condition}", condition, StringComparison.Ordinal), value);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(TKey)], keys.Expression, Key.Body);
    }
}
