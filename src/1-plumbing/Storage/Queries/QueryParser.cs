namespace Postern.Storage.Queries;

/// <summary>
/// Reads a query. <c>and</c> and <c>or</c> bind alike and to the right, as in the reference's language: <c>a and b or c</c> is <c>a and (b or c)</c>.
/// </summary>
sealed class QueryParser
{
    public const int MaxLength = 4096, MaxDepth = 32, MaxValues = 200;

    static readonly string[] Texts = ["~", "startswith", "endswith"];

    readonly List<QueryToken> tokens;
    int at;
    int depth;

    QueryParser(List<QueryToken> tokens) => this.tokens = tokens;

    QueryToken Current => tokens[at];

    public static QueryNode Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new QueryFault($"A query has at most {MaxLength} characters", MaxLength);
        var parser = new QueryParser(QueryLexer.Read(text));
        var node = parser.Expression();
        return parser.Current.Kind is QueryTokenKind.End ? node : throw parser.Unexpected();
    }

    // Not recursive over a chain, so that only nesting counts as depth.
    QueryNode Expression()
    {
        if (++depth > MaxDepth)
            throw new QueryFault($"A query nests at most {MaxDepth} levels deep", Current.At);
        var terms = new List<QueryNode> { Term() };
        var joins = new List<bool>();
        while (Current is { Kind: QueryTokenKind.Name, Text: "and" or "or" } join)
        {
            if (joins.Count >= MaxValues)
                throw new QueryFault($"A query has at most {MaxValues} conditions", join.At);
            joins.Add(join.Text is "and");
            at++;
            terms.Add(Term());
        }
        depth--;
        var node = terms[^1];
        for (var i = joins.Count - 1; i >= 0; i--)
            node = joins[i] ? new QueryNode.Both(terms[i], node) : new QueryNode.Either(terms[i], node);
        return node;
    }

    QueryNode Term()
    {
        if (Takes("("))
        {
            var inner = Expression();
            Require(")");
            return inner;
        }
        if (Current is { Kind: QueryTokenKind.Name, Text: "not" })
        {
            at++;
            Require("(");
            var inner = Expression();
            Require(")");
            return new QueryNode.Not(inner);
        }
        return Test();
    }

    QueryNode.Test Test()
    {
        if (Current.Kind is not QueryTokenKind.Name || Current.Text is "and" or "or" or "in")
            throw Unexpected();
        var name = tokens[at++];
        var (sign, negated) = Operator();
        if (sign is not "in")
            return new QueryNode.Test(name.Text, name.At, sign, negated, [Value(sign)]);
        Require("(");
        var values = new List<QueryValue> { Value(sign) };
        while (Takes(","))
        {
            if (values.Count >= MaxValues)
                throw new QueryFault($"A list has at most {MaxValues} values", Current.At);
            values.Add(Value(sign));
        }
        Require(")");
        return new QueryNode.Test(name.Text, name.At, "in", negated, values);
    }

    (string Sign, bool Negated) Operator()
    {
        var negated = Current is { Kind: QueryTokenKind.Name, Text: "not" };
        if (negated)
            at++;
        var token = Current;
        if (token is { Kind: QueryTokenKind.Name, Text: "in" or "startswith" or "endswith" })
        {
            at++;
            return (token.Text, negated);
        }
        if (negated || token.Kind is not QueryTokenKind.Sign || token.Text is "(" or ")" or ",")
            throw Unexpected();
        at++;
        return token.Text switch { "!=" => ("=", true), "!~" => ("~", true), var sign => (sign, false) };
    }

    QueryValue Value(string sign)
    {
        var token = Current;
        var kind = token.Kind switch
        {
            QueryTokenKind.Text => QueryValueKind.Text,
            QueryTokenKind.Number => QueryValueKind.Number,
            QueryTokenKind.Name when token.Text is "True" or "False" => QueryValueKind.Boolean,
            QueryTokenKind.Name when token.Text is "None" => QueryValueKind.None,
            QueryTokenKind.Name when token.Text is "none" || token.Text.StartsWith("now", StringComparison.Ordinal) => QueryValueKind.Word,
            _ => throw Unexpected(),
        };
        if (kind is not QueryValueKind.Text && Array.IndexOf(Texts, sign) >= 0)
            throw Unexpected();
        at++;
        return new QueryValue(kind, token.Text, token.At);
    }

    bool Takes(string sign)
    {
        if (Current.Kind is not QueryTokenKind.Sign || Current.Text != sign)
            return false;
        at++;
        return true;
    }

    void Require(string sign)
    {
        if (!Takes(sign))
            throw Unexpected();
    }

    QueryFault Unexpected() => Current.Kind is QueryTokenKind.End
        ? new QueryFault("Unexpected end of input", Current.At)
        : new QueryFault($"Syntax error at '{(Current.Text.Length > 20 ? $"{Current.Text[..17]}..." : Current.Text)}'", Current.At);
}
