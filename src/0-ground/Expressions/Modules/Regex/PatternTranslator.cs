using System.Globalization;
using System.Text;

namespace Postern.Expressions;

/// <summary>Flags of the module re that change a pattern's meaning.</summary>
[Flags]
internal enum PatternFlags
{
    None = 0,
    IgnoreCase = 2,
    Locale = 4,
    Multiline = 8,
    DotAll = 16,
    Unicode = 32,
    Verbose = 64,
    Ascii = 256,
}

/// <summary>
/// Rewrites a Python pattern as a .NET one. Everything of .NET that Python lacks is refused or escaped, and named groups become numbered ones,
/// since .NET numbers named groups after the others.
/// </summary>
internal sealed partial class PatternTranslator(string pattern, PatternFlags flags)
{
    private const int MaxLength = 8192;
    private const int MaxDepth = 100;

    private readonly StringBuilder output = new();
    private readonly Stack<(int Start, int Group)> open = new();
    private readonly HashSet<int> openGroups = [];
    private int at;
    private int atomStart = -1;
    private bool quantified;

    public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);

    public int GroupCount { get; private set; }

    public PatternFlags Flags { get; private set; } = flags;

    public string Translate()
    {
        if (pattern.Length > MaxLength)
            throw Error("the pattern is too long");
        while (at < pattern.Length)
            Next();
        if (open.Count > 0)
            throw Error("missing ), unterminated subpattern", open.Peek().Start);
        return output.ToString();
    }

    private char Peek(int offset = 0) => at + offset < pattern.Length ? pattern[at + offset] : '\0';

    private void Next()
    {
        var c = pattern[at];
        switch (c)
        {
            case '\\':
                Begin();
                Escape();
                break;
            case '[':
                Begin();
                Class();
                break;
            case '(':
                Group();
                break;
            case ')':
                CloseGroup();
                break;
            case '*' or '+' or '?':
                Quantifier();
                break;
            case '{':
                Braces();
                break;
            case '|':
                Literal("|");
                break;
            case '^' or '$':
                Begin();
                output.Append(c);
                at++;
                break;
            case '.':
                Begin();
                output.Append('.');
                at++;
                break;
            default:
                Character(c);
                break;
        }
    }

    private void Begin()
    {
        atomStart = output.Length;
        quantified = false;
    }

    private void Literal(string text)
    {
        output.Append(text);
        at++;
        atomStart = -1;
        quantified = false;
    }

    private void Character(char c)
    {
        if (Flags.HasFlag(PatternFlags.Verbose) && (char.IsWhiteSpace(c) || c == '#'))
        {
            SkipVerbose(c);
            return;
        }

        Begin();
        var width = Text.Width(pattern, at);
        AppendEscaped(c);
        at++;
        if (width == 2)
        {
            // A pair is one character to the script, so a quantifier must apply to both units.
            output.Insert(atomStart, "(?:").Append(pattern[at]).Append(')');
            at++;
        }
    }

    private void SkipVerbose(char c)
    {
        if (c == '#')
        {
            while (at < pattern.Length && pattern[at] != '\n')
                at++;
        }

        at++;
    }

    private void AppendEscaped(char c)
    {
        if (c is '#' or ' ' or '}' or ']' or '{' || char.IsControl(c))
            output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        else
            output.Append(c);
    }

    private void Quantifier()
    {
        var symbol = pattern[at];
        RequireAtom();
        at++;
        Suffix(symbol.ToString());
    }

    private void RequireAtom()
    {
        if (atomStart < 0)
            throw Error(quantified ? "multiple repeat" : "nothing to repeat", at);
    }

    private void Suffix(string quantifier)
    {
        var suffix = Peek();
        if (suffix == '?')
        {
            output.Append(quantifier).Append('?');
            at++;
        }
        else if (suffix == '+')
        {
            output.Insert(atomStart, "(?>").Append(quantifier).Append(')');
            at++;
        }
        else
            output.Append(quantifier);
        atomStart = -1;
        quantified = true;
    }

    private void Braces()
    {
        var match = BraceQuantifier(pattern, at);
        if (match is not { } found)
        {
            Begin();
            output.Append("\\{");
            at++;
            return;
        }

        RequireAtom();
        if (found.Most is { } most && most < found.Least)
            throw Error("min repeat greater than max repeat", at + 1);
        if (found.Least > 65_535 || found.Most > 65_535)
            throw Error("the repetition number is too large", at);
        at += found.Length;
        Suffix(found.Text);
    }

    private static (int Least, int? Most, int Length, string Text)? BraceQuantifier(string pattern, int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || end - at is < 2 or > 20)
            return null;
        var body = pattern[(at + 1)..end];
        var comma = body.IndexOf(',', StringComparison.Ordinal);
        var (low, high) = comma < 0 ? (body, body) : (body[..comma], body[(comma + 1)..]);
        if (!low.All(char.IsAsciiDigit) || !high.All(char.IsAsciiDigit) || (comma < 0 && low.Length == 0) || (low.Length == 0 && high.Length == 0 && comma < 0))
            return null;
        var least = low.Length == 0 ? 0 : (int)Math.Min(int.MaxValue, long.Parse(low, CultureInfo.InvariantCulture));
        int? most = comma >= 0 && high.Length == 0 ? null : (int)Math.Min(int.MaxValue, long.Parse(high, CultureInfo.InvariantCulture));
        var text = comma < 0 ? $"{{{least}}}" : most is null ? $"{{{least},}}" : $"{{{least},{most}}}";
        return (least, most, end - at + 1, text);
    }

    private ScriptException Error(string message, int? position = null)
    {
        var place = position ?? at;
        var error = new ExceptionValue(ReLibrary.Error, new ScriptTuple($"{message} at position {place}"))
        {
            Attributes = new(StringComparer.Ordinal) { ["msg"] = message, ["pattern"] = pattern, ["pos"] = Boxed.Int(place) },
        };
        return new ScriptException(error);
    }
}
