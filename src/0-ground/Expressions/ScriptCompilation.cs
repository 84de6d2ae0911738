using System.Diagnostics.CodeAnalysis;

namespace Postern.Expressions;

/// <summary>The result of compiling: a script, or what is wrong with its source.</summary>
public sealed class ScriptCompilation
{
    internal ScriptCompilation(Script? script, IReadOnlyList<ScriptDiagnostic> diagnostics) => (Script, Diagnostics) = (script, diagnostics);

    public Script? Script { get; }

    public IReadOnlyList<ScriptDiagnostic> Diagnostics { get; }

    [MemberNotNullWhen(true, nameof(Script))]
    public bool Succeeded => Script is not null;

    /// <summary>The first error in the words the API shows on the field.</summary>
    public string? ErrorMessage => Diagnostics.Count > 0 ? $"Expression Syntax Error: {Diagnostics[0]}" : null;
}
