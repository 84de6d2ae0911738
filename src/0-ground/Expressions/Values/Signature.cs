namespace Postern.Expressions;

/// <summary>The parameter list of a builtin, written as in Python: `sep=None, maxsplit=-1, /`, `*items`, `*, key=None`.</summary>
internal sealed class Signature
{
    private readonly string[] names;
    private readonly object?[] defaults;
    private readonly int positionalOnly;
    private readonly int positional;
    private readonly bool star;
    private readonly bool doubleStar;
    private readonly int required;
    private readonly int complete;
    private readonly int self;

    private Signature(string[] names, object?[] defaults, int positionalOnly, int positional, bool star, bool doubleStar, bool isMethod)
    {
        (this.names, this.defaults, this.positionalOnly, this.positional) = (names, defaults, positionalOnly, positional);
        (this.star, this.doubleStar) = (star, doubleStar);
        self = isMethod ? 1 : 0;
        while (required < positional && ReferenceEquals(defaults[required], NoDefault))
            required++;
        complete = Array.LastIndexOf(defaults, NoDefault) + 1;
    }

    private static readonly object NoDefault = new();

    public int Size => names.Length + (star ? 1 : 0) + (doubleStar ? 1 : 0);

    public int SelfCount => self;

    public static Signature Parse(string text, bool isMethod)
    {
        var parameters = new List<string>();
        var values = new List<object?>();
        int slash = 0, places = -1;
        bool rest = false, keywords = false;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "/")
                slash = parameters.Count;
            else if (part.StartsWith("**", StringComparison.Ordinal))
                keywords = true;
            else if (part[0] == '*')
            {
                places = parameters.Count;
                rest = part.Length > 1;
            }
            else
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                parameters.Add(equals < 0 ? part : part[..equals]);
                values.Add(equals < 0 ? NoDefault : Default(part[(equals + 1)..]));
            }
        }

        return new Signature(
            parameters.ToArray(), values.ToArray(), slash, places < 0 ? parameters.Count : places, rest, keywords, isMethod);
    }

    private static object? Default(string text) => text switch
    {
        "None" => null,
        "True" => Boxed.True,
        "False" => Boxed.False,
        "?" => Unbound.Value,
        _ when text[0] == '\'' => text[1..^1],
        _ => Boxed.Int(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
    };

    /// <summary>
    /// Binds positional arguments where they lie on the operand stack: what is left out is put behind them when there is room. Most calls of
    /// builtins need nothing else.
    /// </summary>
    public ReadOnlySpan<object?> Bind(NativeFunction function, Span<object?> stack, int from, int count)
    {
        if (count < complete || count > positional || star || doubleStar || stack.Length - from < names.Length)
            return Bind(function, stack.Slice(from, count), null);
        if (count < names.Length)
            defaults.AsSpan(count).CopyTo(stack[(from + count)..]);
        return stack.Slice(from, names.Length);
    }

    /// <summary>Binds arguments, of which the last <paramref name="keywords"/> are named; a method's receiver comes first.</summary>
    public object?[] Bind(NativeFunction function, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        var count = arguments.Length - (keywords?.Length ?? 0);
        var bound = new object?[Size];
        if (count > positional && !star)
            throw TooMany(function, count);
        var taken = Math.Min(count, positional);
        arguments[..taken].CopyTo(bound);
        for (var i = taken; i < names.Length; i++)
            bound[i] = NoDefault;
        if (star)
            bound[names.Length] = arguments[taken..count].ToArray();
        if (doubleStar)
            bound[^1] = new ScriptDict();
        if (keywords is not null)
            BindKeywords(function, bound, arguments[count..], keywords, taken);
        for (var i = taken; i < names.Length; i++)
        {
            if (ReferenceEquals(bound[i], NoDefault))
                bound[i] = !ReferenceEquals(defaults[i], NoDefault) ? defaults[i] : throw Missing(function, i, count);
        }

        return bound;
    }

    private void BindKeywords(NativeFunction function, object?[] bound, ReadOnlySpan<object?> values, string[] keywords, int taken)
    {
        for (var k = 0; k < keywords.Length; k++)
        {
            var index = Array.IndexOf(names, keywords[k]);
            if (index >= positionalOnly && index >= 0)
            {
                if (index < taken)
                    throw Error($"argument for {function.Name}() given by name ('{keywords[k]}') and position ({index + 1 - self})");
                bound[index] = values[k];
            }
            else if (doubleStar)
                ((ScriptDict)bound[^1]!).Set(keywords[k], values[k]);
            else if (positionalOnly >= names.Length)
                throw Error($"{Qualified(function)}() takes no keyword arguments");
            else
                throw Error($"'{keywords[k]}' is an invalid keyword argument for {function.Name}()");
        }
    }

    private bool IsUnpacked => positionalOnly >= names.Length;

    private static string Qualified(NativeFunction function) => function.Owner is null ? function.Name : $"{function.Owner.Name}.{function.Name}";

    private ScriptException TooMany(NativeFunction function, int count)
    {
        var given = count - self;
        var most = positional - self;
        if (IsUnpacked && most == 0)
            return Error($"{Qualified(function)}() takes no arguments ({given} given)");
        if (IsUnpacked && most == 1 && required - self == 1)
            return Error($"{Qualified(function)}() takes exactly one argument ({given} given)");
        if (IsUnpacked)
            return Error($"{function.Name} expected {(required - self == most ? "" : "at most ")}{Plural(most)}, got {given}");
        if (most == 0)
            return Error($"{function.Name}() takes no {(names.Length > positional ? "positional " : "")}arguments");
        var kind = positional < names.Length ? "positional " : "";
        var bound = required - self == most && names.Length == positional ? "exactly" : "at most";
        return Error($"{function.Name}() takes {bound} {most} {kind}argument{(most == 1 ? "" : "s")} ({given} given)");
    }

    private ScriptException Missing(NativeFunction function, int index, int count)
    {
        var given = count - self;
        var most = positional - self;
        if (IsUnpacked && most == 1 && required - self == 1)
            return Error($"{Qualified(function)}() takes exactly one argument ({given} given)");
        if (IsUnpacked)
            return Error($"{function.Name} expected {(required == positional ? "" : "at least ")}{Plural(required - self)}, got {given}");
        return Error($"{function.Name}() missing required argument '{names[index]}' (pos {index + 1 - self})");
    }

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";

    private static ScriptException Error(string message) => new(ExceptionTypes.TypeError, message);
}
