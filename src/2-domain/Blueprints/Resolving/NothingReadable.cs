namespace Postern.Blueprints.Resolving;

/// <summary>No variable and no file: what a blueprint sent by a caller may read from the server.</summary>
public sealed class NothingReadable : IBlueprintEnvironment, IBlueprintFiles
{
    /// <inheritdoc/>
    public bool TryGet(string name, out string? value)
    {
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public ValueTask<FileText> ReadAsync(string path, CancellationToken cancellation) =>
        ValueTask.FromResult(FileText.Refused("Files cannot be read by an uploaded blueprint."));
}
