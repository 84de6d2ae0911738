using System.Numerics;

namespace Postern.Expressions;

/// <summary>Whether a value counts as true.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        bool b => b,
        null => false,
        string s => s.Length > 0,
        long l => l != 0,
        ScriptDict d => d.Count > 0,
        ScriptList l => l.Count > 0,
        ScriptTuple t => t.Count > 0,
        HostObject h => OfHost(h),
        ScriptSet s => s.Count > 0,
        double d => d != 0,
        ScriptBytes b => b.Count > 0,
        RangeValue r => r.Count > 0,
        BigInteger i => !i.IsZero,
        _ => true,
    };

    private static bool OfHost(HostObject host)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        return host.IsTrue;
    }
}
