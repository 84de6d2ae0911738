using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Storage.Queries;

/// <summary>Objects that have something of a name, such as users in groups. The statement answers their keys as <c>"Value"</c> and holds <c>{condition}</c> once.</summary>
/// <param name="Column">The column of names that the condition is about.</param>
sealed record KeysQueryField<T, TKey>(string Name, Expression<Func<T, TKey>> Key, string Sql, string Column) : QueryField(Name)
{
    public override string Type => "str";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
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
        var keys = run.Db.Database.SqlQueryRaw<TKey>(Sql.Replace("{condition}", Condition, StringComparison.Ordinal), Value);
        return Expression.Lambda(Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(TKey)], keys.Expression, Key.Body), Key.Parameters);
    }
}
