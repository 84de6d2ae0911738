namespace Postern.Blueprints.Importing;

/// <summary>What became of a blueprint, entry by entry.</summary>
/// <param name="Entries">One report for each entry, in the order of the file.</param>
public sealed record ImportReport(IReadOnlyList<EntryReport> Entries)
{
    /// <summary>The models that the caller may not manage, by entry; then nothing was tried.</summary>
    public IReadOnlyDictionary<string, string> Denied { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Problems of the file itself; then no entry was tried.</summary>
    public IReadOnlyList<BlueprintProblem> FileProblems { get; init; } = [];

    /// <summary>Warnings of the file itself.</summary>
    public IReadOnlyList<BlueprintProblem> FileWarnings { get; init; } = [];

    /// <summary>Everything could be applied.</summary>
    public bool IsSuccess => FileProblems.Count == 0 && Denied.Count == 0 && Entries.All(entry => entry.Action is not EntryAction.Failed);

    /// <summary>Something is not as the blueprint says.</summary>
    public bool Changes => Entries.Any(entry => entry.Action is EntryAction.Created or EntryAction.Updated or EntryAction.Deleted || entry.Nested is { Changes: true });

    /// <summary>Everything could be applied, but something in the file has no effect.</summary>
    public bool HasWarnings => FileWarnings.Count > 0 || Entries.Any(entry => entry.Warnings.Count > 0);

    /// <summary>A file that could not be read.</summary>
    public static ImportReport OfFile(IReadOnlyList<BlueprintProblem> problems, IReadOnlyList<BlueprintProblem> warnings) =>
        new([]) { FileProblems = problems, FileWarnings = warnings };
}
