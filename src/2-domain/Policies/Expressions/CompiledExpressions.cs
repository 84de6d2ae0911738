using System.Collections.Concurrent;
using Postern.Expressions;

namespace Postern.Policies.Expressions;

/// <summary>Keeps compiled expressions by their source, so that each is compiled once.</summary>
sealed class CompiledExpressions
{
    const int MostKept = 1000;

    readonly ConcurrentDictionary<string, ScriptCompilation> known = new(StringComparer.Ordinal);

    public ScriptCompilation Of(string source)
    {
        if (known.TryGetValue(source, out var compiled))
            return compiled;
        if (known.Count >= MostKept)
            known.Clear();
        return known.GetOrAdd(source, Script.Compile);
    }
}
