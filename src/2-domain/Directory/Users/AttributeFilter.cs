using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;

namespace Postern.Directory.Users;

/// <summary>The filter <c>attributes={"a__b": value}</c>: <c>__</c> goes one level down; what is compared must be equal.</summary>
static class AttributeFilter
{
    public static IQueryable<T> Apply<T>(IQueryable<T> query, Expression<Func<T, JsonObject>> attributes, string text, FieldErrors errors)
    {
        if (Parse(text, errors) is not { } conditions)
            return query;
        foreach (var (key, value) in conditions)
        {
            var document = Nested(key.Split("__"), value?.DeepClone());
            Expression<Func<JsonObject, bool>> contains = column => EF.Functions.JsonContains(column, document);
            var body = new Replace(contains.Parameters[0], attributes.Body).Visit(contains.Body);
            query = query.Where(Expression.Lambda<Func<T, bool>>(body, attributes.Parameters));
        }
        return query;
    }

    static JsonObject? Parse(string text, FieldErrors errors)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject conditions)
                return conditions;
            errors.Add(FieldErrors.NonField, "filter: value must be key:value mapping");
        }
        catch (JsonException)
        {
            errors.Add(FieldErrors.NonField, "filter: failed to parse JSON");
        }
        return null;
    }

    static JsonObject Nested(ReadOnlySpan<string> keys, JsonNode? value) =>
        keys.Length == 1 ? new JsonObject { [keys[0]] = value } : new JsonObject { [keys[0]] = Nested(keys[1..], value) };

    sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
