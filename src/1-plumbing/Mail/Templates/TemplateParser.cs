using System.Text.RegularExpressions;

namespace Postern.Mail.Templates;

/// <summary>Reads a template's text into nodes.</summary>
sealed partial class TemplateParser(string name, string text)
{
    readonly List<Token> tokens = [.. Tokens(text)];
    int position;

    /// <summary>The template this one extends.</summary>
    public string? Parent { get; private set; }

    public IReadOnlyList<Node> ParseAll()
    {
        var nodes = ParseUntil(out var end);
        return end is null ? nodes : throw Wrong(end, $"unexpected {end.Text}");
    }

    List<Node> ParseUntil(out Token? end, params string[] closers)
    {
        var nodes = new List<Node>();
        while (position < tokens.Count)
        {
            var token = tokens[position++];
            switch (token.Kind)
            {
                case TokenKind.Text: nodes.Add(new TextNode(token.Text)); break;
                case TokenKind.Variable: nodes.Add(new VariableNode(token.Text)); break;
                case TokenKind.Tag when closers.Contains(token.Word, StringComparer.Ordinal):
                    end = token;
                    return nodes;
                case TokenKind.Tag:
                    if (Tag(token) is { } node)
                        nodes.Add(node);
                    break;
            }
        }
        end = null;
        return closers.Length == 0 ? nodes : throw new TemplateException($"{name}: {closers[^1]} is missing");
    }

    Node? Tag(Token token)
    {
        switch (token.Word)
        {
            case "load": return null;
            case "comment": ParseUntil(out _, "endcomment"); return null;
            case "extends": Parent = Unquote(token.Rest); return null;
            case "block": return new BlockNode(token.Rest.Trim(), ParseUntil(out _, "endblock"));
            case "include": return new IncludeNode(FilterExpression.Parse(token.Rest));
            case "if": return If(token);
            case "for": return For(token);
            case "with": return new WithNode(Assignments(token.Rest), ParseUntil(out _, "endwith"));
            case "autoescape": return new AutoescapeNode(token.Rest.Trim() is "on", ParseUntil(out _, "endautoescape"));
            case "trans" or "translate": return new TransNode(FilterExpression.Parse(token.Rest), isLiteral: token.Rest.TrimStart() is ['"' or '\'', ..]);
            case "blocktrans" or "blocktranslate": return new WithNode(Assignments(token.Rest), [new TransBlockNode(ParseUntil(out _, "endblocktrans", "endblocktranslate"))]);
            default: throw Wrong(token, $"unknown tag {token.Word}");
        }
    }

    IfNode If(Token first)
    {
        var branches = new List<(Condition?, IReadOnlyList<Node>)>();
        for (var open = first; ;)
        {
            var condition = open.Word is "else" ? null : Condition.Parse([.. Words().Matches(open.Rest).Select(m => m.Value)]);
            var body = ParseUntil(out var end, "elif", "else", "endif");
            branches.Add((condition, body));
            if (end!.Word is "endif")
                return new IfNode(branches);
            open = end;
        }
    }

    ForNode For(Token token)
    {
        if (token.Rest.Split(" in ", 2, StringSplitOptions.TrimEntries) is not [var variable, var items])
            throw Wrong(token, "for needs “item in items”");
        var body = ParseUntil(out var end, "empty", "endfor");
        var empty = end!.Word is "empty" ? ParseUntil(out _, "endfor") : [];
        return new ForNode(variable, FilterExpression.Parse(items), body, empty);
    }

    static List<(string, FilterExpression)> Assignments(string text) =>
        [.. Words().Matches(text).Select(m => m.Value.Split('=', 2)).Where(p => p.Length == 2).Select(p => (p[0], FilterExpression.Parse(p[1])))];

    static string Unquote(string text) => text.Trim().Trim('"', '\'');

    TemplateException Wrong(Token token, string what) => new($"{name}, line {token.Line}: {what}");

    static IEnumerable<Token> Tokens(string text)
    {
        var (at, line) = (0, 1);
        foreach (Match match in Marks().Matches(text))
        {
            if (match.Index > at)
                yield return new(TokenKind.Text, text[at..match.Index], line);
            line += text.AsSpan(at, match.Index - at).Count('\n');
            at = match.Index + match.Length;
            var inner = match.Value[2..^2].Trim();
            if (match.Value[1] == '{')
                yield return new(TokenKind.Variable, inner, line);
            else if (match.Value[1] == '%')
                yield return new(TokenKind.Tag, inner, line);
        }
        if (at < text.Length)
            yield return new(TokenKind.Text, text[at..], line);
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();

    [GeneratedRegex("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    enum TokenKind
    {
        Text,
        Variable,
        Tag,
    }

    sealed record Token(TokenKind Kind, string Text, int Line)
    {
        public string Word => Text.Split(' ', 2)[0];

        public string Rest => Text.Split(' ', 2) is [_, var rest] ? rest : "";
    }
}
