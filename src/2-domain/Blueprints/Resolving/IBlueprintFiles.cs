namespace Postern.Blueprints.Resolving;

/// <summary>The files that <c>!File</c> may read.</summary>
public interface IBlueprintFiles
{
    /// <summary>The text of a file, or the reason why it cannot be read.</summary>
    ValueTask<FileText> ReadAsync(string path, CancellationToken cancellation);
}
