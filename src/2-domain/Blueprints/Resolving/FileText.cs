namespace Postern.Blueprints.Resolving;

/// <summary>The text of a file, or the reason why there is none.</summary>
public readonly record struct FileText(string? Text, string? Refusal)
{
    internal static FileText Refused(string reason) => new(null, reason);
}
