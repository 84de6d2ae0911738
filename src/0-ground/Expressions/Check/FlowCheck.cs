namespace Postern.Expressions;

/// <summary>Follows the paths through a script: finds code that never runs, ends without a value, and imports of nothing.</summary>
internal sealed class FlowCheck(ScriptCheckOptions options, List<ScriptDiagnostic> found)
{
    private bool returnsValue;
    private bool inFunction;

    public void Run(ParsedScript parsed)
    {
        var ends = Block(parsed.Body);
        if (!options.ExpectsValue || parsed.Top.HasYield || ends)
            return;
        var last = parsed.Body[^1].Position;
        if (returnsValue)
            Warn("missing-return", "not every path returns a value: at the end the result is None", last);
        else
            Warn("missing-return", "the expression never returns a value: its result is always None", last);
    }

    private void Warn(string code, string message, ScriptPosition position) =>
        found.Add(new ScriptDiagnostic(ScriptSeverity.Warning, code, message, position.Line, position.Column));

    /// <summary>True when no path reaches the end of the block.</summary>
    private bool Block(IReadOnlyList<Stmt> body)
    {
        for (var i = 0; i < body.Count; i++)
        {
            if (!Statement(body[i]))
                continue;
            if (i + 1 < body.Count)
            {
                Warn("unreachable", "this code is never reached", body[i + 1].Position);
                // What follows still declares names and may import.
                foreach (var rest in body.Skip(i + 1))
                    Imports(rest);
            }

            return true;
        }

        return false;
    }

    private bool Statement(Stmt statement)
    {
        Imports(statement);
        switch (statement)
        {
            case ReturnStmt node:
                returnsValue |= !inFunction && node.Value is not (null or ConstantExpr { Value: null });
                return true;
            case RaiseStmt or BreakStmt or ContinueStmt:
                return true;
            case IfStmt node:
                var ends = node.Otherwise.Count > 0;
                foreach (var (_, body) in node.Branches)
                    ends &= Block(body);
                return Block(node.Otherwise) && ends;
            case WhileStmt node:
                Block(node.Body);
                Block(node.Otherwise);
                return node.Test is ConstantExpr { Value: true or not (null or false or 0L or "") } && !Breaks(node.Body);
            case ForStmt node:
                Block(node.Body);
                return Block(node.Otherwise) && !Breaks(node.Body);
            case TryStmt node:
                return Try(node);
            case WithStmt node:
                return Block(node.Body);
            case MatchStmt node:
                return Match(node);
            case FunctionStmt node:
                var outer = inFunction;
                inFunction = true;
                Block(node.Body);
                inFunction = outer;
                return false;
            default:
                return false;
        }
    }

    private bool Try(TryStmt node)
    {
        var ends = Block(node.Body);
        if (node.Otherwise.Count > 0)
            ends = Block(node.Otherwise) || ends;
        foreach (var handler in node.Handlers)
            ends &= Block(handler.Body);
        return Block(node.Finally) || ends;
    }

    private bool Match(MatchStmt node)
    {
        var ends = true;
        var complete = false;
        foreach (var item in node.Cases)
        {
            ends &= Block(item.Body);
            complete |= item.Guard is null && item.Pattern is CapturePattern { IsIrrefutable: true };
        }

        return ends && complete;
    }

    // A `break` of this loop, and not of one inside it.
    private static bool Breaks(IReadOnlyList<Stmt> body) => body.Any(statement => statement switch
    {
        BreakStmt => true,
        IfStmt s => s.Branches.Any(b => Breaks(b.Body)) || Breaks(s.Otherwise),
        TryStmt s => Breaks(s.Body) || s.Handlers.Any(h => Breaks(h.Body)) || Breaks(s.Otherwise) || Breaks(s.Finally),
        WithStmt s => Breaks(s.Body),
        MatchStmt s => s.Cases.Any(c => Breaks(c.Body)),
        ForStmt s => Breaks(s.Otherwise),
        WhileStmt s => Breaks(s.Otherwise),
        _ => false,
    });

    private void Imports(Stmt statement)
    {
        switch (statement)
        {
            case ImportStmt node:
                foreach (var module in node.Modules)
                    RequireModule(module.Name, module.Position);
                break;
            case FromStmt node when RequireModule(node.Module, node.Position) is { } names:
                foreach (var item in node.Names.Where(n => !names.Contains(n.Name, StringComparer.Ordinal) && !IsModule($"{node.Module}.{n.Name}")))
                    Warn("unknown-import", $"cannot import name '{item.Name}' from '{node.Module}'{Hint(item.Name, names)}", item.Position);
                break;
        }
    }

    private static string Hint(string name, IEnumerable<string> known) => Spelling.Nearest(name, known) is { } near ? $". Did you mean '{near}'?" : "";

    private bool IsModule(string name) => options.Modules.ContainsKey(name) || Library.Find(name) is not null;

    private IReadOnlyCollection<string>? RequireModule(string name, ScriptPosition position)
    {
        if (options.Modules.TryGetValue(name, out var names))
            return names;
        if (Library.Find(name) is { } module)
            return module.Names;
        var known = Library.Names.Concat(options.Modules.Keys).Order(StringComparer.Ordinal).ToList();
        // `from package import module` names a package that holds nothing else.
        if (known.Exists(k => k.StartsWith(name + ".", StringComparison.Ordinal)))
            return [];
        var hint = Hint(name, known) is { Length: > 0 } spelt ? spelt : ".";
        Warn("unknown-import", $"No module named '{name}'{hint} Available: {string.Join(", ", known)}", position);
        return null;
    }
}
