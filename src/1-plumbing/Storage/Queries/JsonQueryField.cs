using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Mapping;

namespace Postern.Storage.Queries;

/// <summary>
/// A JSON column: what follows the first dot is a path of keys. A missing key matches neither a comparison nor its opposite; <c>= None</c> asks for it.
/// </summary>
/// <param name="Contained">Whether equality asks for containment, which an index over the whole column answers; else for the text at the path.</param>
sealed record JsonQueryField(string Name, LambdaExpression Member, bool Contained) : QueryField(Name)
{
    public override string Type => "relation";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        if (path.Length == 0)
            throw new QueryFault($"Field \"{test.Name}\" needs a key after it, such as {test.Name}.department", test.At);
        var text = Text(path);
        if (test.Values is [{ Kind: QueryValueKind.None }] && test.Operator is "=")
            return QueryExpressions.IsNull(text);
        foreach (var wrong in test.Values.Where(v => v.Kind is QueryValueKind.None or QueryValueKind.Word))
            throw Mismatch(test, wrong, "strings, numbers, True or False");
        if (test.Operator is "=" or "in")
            return Contained ? test.Values.Select(v => Contains(path, v)).Aggregate((a, b) => QueryExpressions.Join(ExpressionType.OrElse, a, b)) : QueryExpressions.Texts(text, test, [.. test.Values.Select(Shown)]);
        if (test.Values[0].Kind is QueryValueKind.Number)
            return QueryExpressions.Values(Number(path), test, [decimal.Parse(test.Values[0].Text, NumberStyles.Float, CultureInfo.InvariantCulture)]);
        return test.Values[0].Kind is QueryValueKind.Boolean ? throw NotThatWay(test) : QueryExpressions.Texts(text, test, [test.Values[0].Text]);
    }

    internal override LambdaExpression? Present(string[] path, QueryRun run) => QueryExpressions.IsPresent(Text(path));

    LambdaExpression Text(string[] path) => path.Length <= 2
        ? Call(typeof(JsonPath).GetMethod(nameof(JsonPath.Text), [typeof(JsonObject), .. path.Select(_ => typeof(string))])!, [.. path.Select(Expression.Constant)])
        : Call(typeof(JsonPath).GetMethod(nameof(JsonPath.At))!, QueryExpressions.Value(path, typeof(string[])));

    LambdaExpression Number(string[] path) => Call(typeof(JsonPath).GetMethod(nameof(JsonPath.Number))!, QueryExpressions.Value(path, typeof(string[])));

    LambdaExpression Call(System.Reflection.MethodInfo method, params Expression[] arguments) => Expression.Lambda(Expression.Call(method, [Member.Body, .. arguments]), Member.Parameters);

    LambdaExpression Contains(string[] path, QueryValue value)
    {
        JsonNode? leaf = value.Kind switch
        {
            QueryValueKind.Boolean => value.IsTrue,
            QueryValueKind.Number => decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => value.Text,
        };
        var document = path.Reverse().Aggregate(leaf, (inner, key) => new JsonObject { [key] = inner })!.AsObject();
        return Expression.Lambda(
            Expression.Call(
                typeof(NpgsqlJsonDbFunctionsExtensions), nameof(NpgsqlJsonDbFunctionsExtensions.JsonContains), typeArguments: null, Expression.Constant(EF.Functions),
                Expression.Convert(Member.Body, typeof(object)), Expression.Convert(QueryExpressions.Value(document, typeof(JsonObject)), typeof(object))),
            Member.Parameters);
    }

    static string Shown(QueryValue value) => value.Kind is QueryValueKind.Boolean ? value.Text.ToLowerInvariant() : value.Text;
}
