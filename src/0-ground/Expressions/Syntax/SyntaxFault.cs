namespace Postern.Expressions;

/// <summary>Carries the first syntax problem out of the recursive descent; never leaves <see cref="Script.Compile"/>.</summary>
internal sealed class SyntaxFault(string message, ScriptPosition position, string code = "syntax") : Exception(message)
{
    public ScriptPosition Position { get; } = position;

    public string Code { get; } = code;
}
