namespace Postern.Storage.Queries;

/// <summary>A query as it was read.</summary>
abstract record QueryNode
{
    public sealed record Both(QueryNode Left, QueryNode Right) : QueryNode;

    public sealed record Either(QueryNode Left, QueryNode Right) : QueryNode;

    public sealed record Not(QueryNode Inner) : QueryNode;

    /// <summary>A field compared with one value, or with several for <c>in</c>.</summary>
    public sealed record Test(string Name, int At, string Operator, bool Negated, IReadOnlyList<QueryValue> Values) : QueryNode;
}

/// <summary>A value: a text, a number, true, false, nothing, or a bare word such as <c>none</c> or <c>now-90d</c>.</summary>
readonly record struct QueryValue(QueryValueKind Kind, string Text, int At)
{
    public bool IsTrue => Kind is QueryValueKind.Boolean && Text is "True";

    public string Shown => Kind is QueryValueKind.Text ? $"\"{Text}\"" : Text;
}

enum QueryValueKind
{
    Text,
    Number,
    Boolean,
    None,
    Word,
}
