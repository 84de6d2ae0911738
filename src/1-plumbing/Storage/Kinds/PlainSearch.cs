using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Postern.Storage.Kinds;

/// <summary>The plain search: every term, separated by spaces or commas, must occur in one of the properties.</summary>
public static class PlainSearch
{
    static readonly char[] Separators = [' ', ',', '\t', '\n'];

    public static IQueryable<T> Apply<T>(IQueryable<T> query, IReadOnlyList<Expression<Func<T, string?>>> properties, string text)
    {
        if (properties.Count == 0)
            return query;
        foreach (var term in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Take(20))
            query = query.Where(Occurs(properties, $"%{Escape(term)}%"));
        return query;
    }

    /// <summary>To be named wherever a pattern made by <see cref="Escape"/> is used: without it nothing escapes.</summary>
    public const string EscapeCharacter = "\\";

    /// <summary>Escapes the wildcards of LIKE.</summary>
    public static string Escape(string term) => term.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    static Expression<Func<T, bool>> Occurs<T>(IReadOnlyList<Expression<Func<T, string?>>> properties, string pattern)
    {
        var entity = properties[0].Parameters[0];
        Expression? any = null;
        foreach (var property in properties)
        {
            Expression<Func<string?, bool>> like = value => EF.Functions.ILike(value!, pattern, EscapeCharacter);
            var body = new KindQuery.Swap(property.Parameters[0], entity).Visit(property.Body);
            var one = new Substitute(like.Parameters[0], body).Visit(like.Body);
            any = any is null ? one : Expression.OrElse(any, one);
        }
        return Expression.Lambda<Func<T, bool>>(any!, entity);
    }

    sealed class Substitute(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
