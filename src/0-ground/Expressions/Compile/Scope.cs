namespace Postern.Expressions;

/// <summary>A name bound in a scope.</summary>
internal sealed class Symbol(string name, Scope scope)
{
    public string Name { get; } = name;

    public Scope Scope { get; } = scope;

    /// <summary>The slot in the frame of the owning function; -1 until the compiler gives one.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>True when an inner function uses it, so that it lives in a cell.</summary>
    public bool IsCaptured { get; set; }

    public bool IsGlobal { get; set; }

    /// <summary>Declared `nonlocal`: the name belongs to an enclosing function.</summary>
    public bool IsOuter { get; set; }
}

/// <summary>A region of names: a function body, or a list, set or dict comprehension inside one.</summary>
internal sealed class Scope(Scope? parent, bool isInline, bool isGenerator = false)
{
    public Scope? Parent { get; } = parent;

    /// <summary>Comprehensions other than generators run in the frame around them, under names of their own.</summary>
    public bool IsInline { get; } = isInline;

    public bool IsGeneratorExpression { get; } = isGenerator;

    public bool HasYield { get; set; }

    public Scope Owner => IsInline ? Parent!.Owner : this;

    public Dictionary<string, Symbol> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>Symbols of enclosing functions this function uses, in the order of its closure.</summary>
    public List<Symbol> Free { get; } = [];

    public Symbol Declare(string name)
    {
        if (!Symbols.TryGetValue(name, out var symbol))
            Symbols[name] = symbol = new Symbol(name, this);
        return symbol;
    }

    /// <summary>Finds what a name means here; null means a name of the host or a builtin.</summary>
    public Symbol? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (!scope.Symbols.TryGetValue(name, out var symbol) || symbol.IsOuter)
                continue;
            return symbol.IsGlobal ? null : symbol;
        }

        return null;
    }

    public void Capture(Symbol symbol)
    {
        symbol.IsCaptured = true;
        for (var owner = Owner; owner != symbol.Scope.Owner; owner = owner.Parent!.Owner)
        {
            if (!owner.Free.Contains(symbol))
                owner.Free.Add(symbol);
        }
    }
}
