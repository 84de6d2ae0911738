using System.Runtime.InteropServices;

namespace Postern.Expressions;

/// <summary>A place in a script: one-based line and column.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ScriptPosition(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
