using System.Runtime.CompilerServices;

namespace Postern.Expressions;

/// <summary>The module `copy`.</summary>
internal static class CopyLibrary
{
    public static HostModule Build() => new HostModule("copy")
        .Def("copy", "x", (_, a) => Shallow(a[0]))
        .Def("deepcopy", "x, memo=None", (_, a) => Deep(a[0], new Dictionary<object, object?>(ReferenceEqualityComparer.Instance)));

    private static object? Shallow(object? value) => value switch
    {
        ScriptList list => Iteration.ToList(list),
        ScriptDict dict => dict.Copy(),
        ScriptSet { IsFrozen: false } set => new ScriptSet(set.Table.Copy(), isFrozen: false),
        LiveDictionary live => live.Copy(),
        LiveList live => live.Copy(),
        _ => value,
    };

    private static object? Deep(object? value, Dictionary<object, object?> known)
    {
        Machine.Tick();
        if (value is null)
            return null;
        if (known.TryGetValue(value, out var seen))
            return seen;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case ScriptList list:
                var copy = new ScriptList();
                known[list] = copy;
                foreach (var item in list)
                    copy.Add(Deep(item, known));
                return copy;
            case ScriptDict dict:
                var target = new ScriptDict { Kind = dict.Kind };
                known[dict] = target;
                foreach (var (key, item) in dict)
                    target.Set(key, Deep(item, known));
                return target;
            case ScriptTuple { Named: null } tuple:
                return new ScriptTuple(tuple.Items.ToArray().Select(i => Deep(i, known)).ToArray());
            case LiveDictionary live:
                return Deep(live.Copy(), known);
            case LiveList live:
                return Deep(live.Copy(), known);
            default:
                return Shallow(value);
        }
    }
}
