namespace Postern.Blueprints.Importing;

/// <summary>What an import shares with the imports it starts.</summary>
internal sealed class ImportRun(ApplyEntries entries, bool isPlan)
{
    // Blueprints inside blueprints inside blueprints: more than this is no sensible set-up.
    const int MaxDepth = 10;

    readonly HashSet<Guid> started = [];
    int depth;

    /// <summary>Everything is taken back in the end.</summary>
    public bool IsPlan => isPlan;

    /// <summary>Notes that an instance is applied in this run; false when it already was.</summary>
    public bool Start(Guid instance) => started.Add(instance);

    public async Task<ImportReport> ApplyAsync(ImportRequest request, CancellationToken cancellation)
    {
        if (depth == MaxDepth)
            return ImportReport.OfFile([new BlueprintProblem(0, 0, "", $"Blueprints apply each other more than {MaxDepth} levels deep.")], []);
        depth++;
        started.UnionWith(request.Fresh);
        if (request.Instance is { } instance)
            Start(instance);
        var report = await entries.ExecuteAsync(request, this, cancellation);
        depth--;
        return report;
    }
}
