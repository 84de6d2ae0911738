using System.Collections;

namespace Postern.Mail.Templates;

/// <summary>The test of an <c>if</c>: <c>not</c>, <c>and</c>, <c>or</c>, comparisons, <c>in</c>.</summary>
sealed class Condition
{
    readonly Func<TemplateRun, bool> test;

    Condition(Func<TemplateRun, bool> test) => this.test = test;

    public bool IsTrue(TemplateRun run) => test(run);

    public static Condition Parse(IReadOnlyList<string> words)
    {
        var or = Split(words, "or");
        if (or.Count > 1)
            return Any([.. or.Select(Parse)]);
        var and = Split(words, "and");
        if (and.Count > 1)
            return All([.. and.Select(Parse)]);
        if (words.Count > 1 && words[0] is "not")
        {
            var inner = Parse([.. words.Skip(1)]);
            return new(run => !inner.IsTrue(run));
        }
        return words.Count switch
        {
            1 => Value(words[0]),
            3 => Compare(words[0], words[1], words[2]),
            4 when words[1] is "not" && words[2] is "in" => Compare(words[0], "not in", words[3]),
            4 when words[1] is "is" && words[2] is "not" => Compare(words[0], "!=", words[3]),
            _ => throw new TemplateException($"Cannot read the condition “{string.Join(' ', words)}”"),
        };
    }

    public static bool Truthy(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0,
        IEnumerable list => list.Cast<object?>().Any(),
        _ => true,
    };

    static Condition Value(string word)
    {
        var value = FilterExpression.Parse(word);
        return new(run => Truthy(value.Evaluate(run)));
    }

    static Condition Compare(string left, string sign, string right)
    {
        var (a, b) = (FilterExpression.Parse(left), FilterExpression.Parse(right));
        return new(run => Holds(a.Evaluate(run), sign, b.Evaluate(run)));
    }

    static bool Holds(object? a, string sign, object? b) => sign switch
    {
        "==" or "is" => Equals(a, b),
        "!=" => !Equals(a, b),
        "in" => Contains(b, a),
        "not in" => !Contains(b, a),
        "<" or ">" or "<=" or ">=" when a is IComparable x && b is not null && a.GetType() == b.GetType() => Ordered(x.CompareTo(b), sign),
        _ => false,
    };

    static bool Ordered(int order, string sign) => sign switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };

    static bool Contains(object? whole, object? part) => whole switch
    {
        string text => text.Contains(part?.ToString() ?? "", StringComparison.Ordinal),
        IEnumerable list => list.Cast<object?>().Contains(part),
        _ => false,
    };

    static Condition Any(IReadOnlyList<Condition> parts) => new(run => parts.Any(p => p.IsTrue(run)));

    static Condition All(IReadOnlyList<Condition> parts) => new(run => parts.All(p => p.IsTrue(run)));

    static List<List<string>> Split(IReadOnlyList<string> words, string at)
    {
        List<List<string>> parts = [[]];
        foreach (var word in words)
        {
            if (string.Equals(word, at, StringComparison.Ordinal))
                parts.Add([]);
            else
                parts[^1].Add(word);
        }
        return parts;
    }
}
