using System.Linq.Expressions;
using Postern.Kernel.Values;

namespace Postern.Storage.Queries;

/// <summary>One of a few values; written as on the wire or as its label.</summary>
sealed record ChoiceQueryField<TEnum>(string Name, LambdaExpression Member) : QueryField(Name)
    where TEnum : struct, Enum
{
    public override string Type => "str";

    internal override LambdaExpression Compare(QueryNode.Test test, string[] path, QueryRun run)
    {
        foreach (var wrong in test.Values.Where(v => v.Kind is not QueryValueKind.Text))
            throw Mismatch(test, wrong, "strings");
        if (test.Operator is ">" or ">=" or "<" or "<=")
            throw NotThatWay(test);
        var fitting = WireEnum<TEnum>.All.Where(name => test.Values.Any(v => Fits(test.Operator, name, v.Text))).Select(name => (object)WireEnum<TEnum>.Parse(name)).ToList();
        return fitting.Count == 0 ? Expression.Lambda(Expression.Constant(false), Member.Parameters) : QueryExpressions.Values(Member, test with { Operator = "in" }, fitting);
    }

    static bool Fits(string sign, string name, string text) => sign switch
    {
        "~" => name.Contains(text, StringComparison.OrdinalIgnoreCase) || Label(name).Contains(text, StringComparison.OrdinalIgnoreCase),
        "startswith" => name.StartsWith(text, StringComparison.OrdinalIgnoreCase),
        "endswith" => name.EndsWith(text, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(name, text, StringComparison.Ordinal) || string.Equals(Label(name), text, StringComparison.OrdinalIgnoreCase),
    };

    static string Label(string name) => name.Replace('_', ' ');
}
