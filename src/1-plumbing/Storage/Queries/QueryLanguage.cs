using System.Linq.Expressions;
using System.Text.Json.Nodes;

namespace Postern.Storage.Queries;

/// <summary>The query language of one kind: which fields it knows, and what a query means as a condition of the database.</summary>
public abstract class QueryLanguage
{
    static readonly string[] Words = [" in (", " startswith ", " endswith "];

    readonly List<QueryField> fields = [];

    /// <summary>Declared fields in order.</summary>
    public IReadOnlyList<QueryField> Fields => fields;

    /// <summary>What is wrong with a text as a query; null when nothing is.</summary>
    public abstract QueryError? Check(string text);

    /// <summary>Whether somebody who wrote this meant a query: it compares something.</summary>
    public static bool LooksLikeQuery(string text) =>
        text.AsSpan().IndexOfAny("=<>~") >= 0 || Words.Any(w => text.Contains(w, StringComparison.Ordinal));

    private protected void Declare(QueryField field) => fields.Add(field);
}

/// <summary>The query language of a kind.</summary>
/// <typeparam name="T">The entity.</typeparam>
public sealed class QueryLanguage<T> : QueryLanguage
    where T : class
{
    public QueryLanguage<T> Text(string name, Expression<Func<T, string?>> member, bool nullable = false, IReadOnlyList<string>? options = null) =>
        With(new TextQueryField(name, _ => member) { Nullable = nullable, Options = options });

    /// <summary>One of a few values.</summary>
    public QueryLanguage<T> Choice<TEnum>(string name, Expression<Func<T, TEnum>> member)
        where TEnum : struct, Enum => With(new ChoiceQueryField<TEnum>(name, member) { Options = [.. Kernel.Values.WireEnum<TEnum>.All] });

    public QueryLanguage<T> Boolean(string name, Expression<Func<T, bool>> member) => With(new BooleanQueryField(name, _ => member) { Nullable = true });

    /// <summary>Yes or no by asking other tables.</summary>
    public QueryLanguage<T> Boolean(string name, Func<PosternDb, Expression<Func<T, bool>>> member) => With(new BooleanQueryField(name, member));

    public QueryLanguage<T> Integer(string name, Func<PosternDb, Expression<Func<T, int>>> member) => With(new IntegerQueryField(name, member));

    public QueryLanguage<T> Time(string name, Expression<Func<T, DateTimeOffset>> member) => With(new TimeQueryField(name, _ => member));

    public QueryLanguage<T> Time(string name, Expression<Func<T, DateTimeOffset?>> member) => With(new TimeQueryField(name, _ => member) { Nullable = true });

    /// <summary>A JSON column; with <paramref name="indexed"/> an index over the whole column answers equality.</summary>
    public QueryLanguage<T> Json(string name, Expression<Func<T, JsonObject>> member, bool indexed = false, params string[] keys) =>
        With(new JsonQueryField(name, member, indexed) { Keys = keys });

    public QueryLanguage<T> Keys<TKey>(string name, Expression<Func<T, TKey>> key, string sql, string column) => With(new KeysQueryField<T, TKey>(name, key, sql, column));

    public override QueryError? Check(string text)
    {
        try
        {
            Walk(QueryParser.Parse(text));
            return null;
        }
        catch (QueryFault fault)
        {
            return QueryError.Of(fault, text);
        }
    }

    /// <summary>The condition, or what is wrong with the text.</summary>
    public (Expression<Func<T, bool>>? Condition, QueryError? Error) Compile(string text, PosternDb db, DateTimeOffset now)
    {
        try
        {
            var node = QueryParser.Parse(text);
            return ((Expression<Func<T, bool>>)Condition(node, new QueryRun(db, now)), null);
        }
        catch (QueryFault fault)
        {
            return (null, QueryError.Of(fault, text));
        }
    }

    LambdaExpression Condition(QueryNode node, QueryRun run) => node switch
    {
        QueryNode.Both both => QueryExpressions.Join(ExpressionType.AndAlso, Condition(both.Left, run), Condition(both.Right, run)),
        QueryNode.Either either => QueryExpressions.Join(ExpressionType.OrElse, Condition(either.Left, run), Condition(either.Right, run)),
        QueryNode.Not not => QueryExpressions.Opposite(Condition(not.Inner, run)),
        QueryNode.Test test => Condition(test, run),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    LambdaExpression Condition(QueryNode.Test test, QueryRun run)
    {
        var (field, path) = Find(test);
        var condition = field.Compare(test, path, run);
        if (!test.Negated)
            return condition;
        var opposite = QueryExpressions.Opposite(condition);
        return field.Present(path, run) is { } present ? QueryExpressions.Join(ExpressionType.AndAlso, present, opposite) : opposite;
    }

    void Walk(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.Both both:
                Walk(both.Left);
                Walk(both.Right);
                break;
            case QueryNode.Either either:
                Walk(either.Left);
                Walk(either.Right);
                break;
            case QueryNode.Not not:
                Walk(not.Inner);
                break;
            case QueryNode.Test test:
                Find(test);
                break;
        }
    }

    (QueryField Field, string[] Path) Find(QueryNode.Test test)
    {
        var whole = test.Name.Replace(QueryPath.EscapedDot, ".", StringComparison.Ordinal);
        if (Fields.FirstOrDefault(f => string.Equals(f.Name, whole, StringComparison.Ordinal)) is { } plain)
            return (plain, []);
        var parts = QueryPath.Parts(test.Name);
        var root = parts[0] is "attribute" ? "attributes" : parts[0];
        if (parts.Length > 1 && Fields.OfType<JsonQueryField>().FirstOrDefault(f => string.Equals(f.Name, root, StringComparison.Ordinal)) is { } json)
            return (json, parts[1..]);
        throw new QueryFault($"Unknown field: {whole}. Possible choices are: {string.Join(", ", Fields.Select(f => f.Name).Order(StringComparer.Ordinal))}", test.At);
    }

    QueryLanguage<T> With(QueryField field)
    {
        Declare(field);
        return this;
    }
}
