using System.Globalization;
using System.Linq.Expressions;

namespace Postern.Storage.Queries;

/// <summary>A column of text.</summary>
sealed record TextQueryField(string Name, Func<PosternDb, LambdaExpression> Member) : QueryField(Name)
{
    public override string Type => "str";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        var member = Member(run.Db);
        if (test.Values is [{ Kind: QueryValueKind.None }] && Nullable && test.Operator is "=")
            return QueryExpressions.IsNull(member);
        foreach (var wrong in test.Values.Where(v => v.Kind is not QueryValueKind.Text))
            throw Mismatch(test, wrong, "strings");
        return QueryExpressions.Texts(member, test, [.. test.Values.Select(v => v.Text)]);
    }

    internal override LambdaExpression? Present(string[] path, QueryRun run) => Nullable ? QueryExpressions.IsPresent(Member(run.Db)) : null;
}

/// <summary>Yes or no.</summary>
sealed record BooleanQueryField(string Name, Func<PosternDb, LambdaExpression> Member) : QueryField(Name)
{
    public override string Type => "bool";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        if (test.Operator is not ("=" or "in"))
            throw NotThatWay(test);
        // The list says "nullable" as the reference does; the columns themselves always hold a value.
        if (test.Values is [{ Kind: QueryValueKind.None }] && Nullable)
            return Expression.Lambda(Expression.Constant(false), Member(run.Db).Parameters);
        foreach (var wrong in test.Values.Where(v => v.Kind is not QueryValueKind.Boolean))
            throw Mismatch(test, wrong, "True or False");
        return QueryExpressions.Values(Member(run.Db), test, [.. test.Values.Select(v => (object)v.IsTrue)]);
    }
}

/// <summary>Whole numbers, also counts of what belongs to the object.</summary>
sealed record IntegerQueryField(string Name, Func<PosternDb, LambdaExpression> Member) : QueryField(Name)
{
    public override string Type => "int";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        var numbers = new List<object>();
        foreach (var value in test.Values)
        {
            if (value.Kind is not QueryValueKind.Number || !int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                throw Mismatch(test, value, "integer numbers");
            numbers.Add(number);
        }
        if (test.Operator is "~" or "startswith" or "endswith")
            throw NotThatWay(test);
        return QueryExpressions.Values(Member(run.Db), test, numbers);
    }
}

/// <summary>A moment: a date, a date with time, or <c>now</c> with a span before or after it.</summary>
sealed record TimeQueryField(string Name, Func<PosternDb, LambdaExpression> Member) : QueryField(Name)
{
    public override string Type => "datetime";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        var member = Member(run.Db);
        if (test.Values is [{ Kind: QueryValueKind.None }] && Nullable && test.Operator is "=")
            return QueryExpressions.IsNull(member);
        if (test.Operator is "~" or "startswith" or "endswith")
            throw NotThatWay(test);
        return QueryExpressions.Values(member, test, [.. test.Values.Select(v => (object)(QueryMoment.Read(v, run.Now) ?? throw Wrong(test, v)))]);
    }

    internal override LambdaExpression? Present(string[] path, QueryRun run) => Nullable ? QueryExpressions.IsPresent(Member(run.Db)) : null;

    QueryFault Wrong(QueryNode.Test test, QueryValue value) => value.Kind is QueryValueKind.None
        ? Mismatch(test, value, "")
        : new QueryFault($"Field \"{Name}\" can be compared to timestamps in \"YYYY-MM-DD HH:MM\" format or to now-90d, but not to '{value.Text}'", value.At);
}

/// <summary>Reads moments of queries.</summary>
static class QueryMoment
{
    static readonly string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Null for what is no moment.</summary>
    public static DateTimeOffset? Read(QueryValue value, DateTimeOffset now)
    {
        if (value.Kind is QueryValueKind.Text)
            return DateTimeOffset.TryParseExact(value.Text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime() : Relative(value.Text, now);
        return value.Kind is QueryValueKind.Word ? Relative(value.Text, now) : null;
    }

    static DateTimeOffset? Relative(string text, DateTimeOffset now)
    {
        if (text is "now")
            return now;
        if (!text.StartsWith("now", StringComparison.Ordinal) || text.Length < 6 || !int.TryParse(text.AsSpan(4, text.Length - 5), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount > 100_000)
            return null;
        TimeSpan? unit = text[^1] switch { 's' => TimeSpan.FromSeconds(1), 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), 'd' => TimeSpan.FromDays(1), 'w' => TimeSpan.FromDays(7), _ => null };
        return unit is not { } step ? null : text[3] is '-' ? now - (step * amount) : text[3] is '+' ? now + (step * amount) : null;
    }
}
