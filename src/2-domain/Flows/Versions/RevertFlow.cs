using Postern.Blueprints;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;

namespace Postern.Flows.Versions;

/// <summary>Brings a flow back to one of its versions, or says what that would change. It is an import like any other, with the same rights.</summary>
public sealed class RevertFlow(ReadVersions versions, ExportObjects export, ImportBlueprint import, IEnumerable<ExportPart> parts)
{
    /// <summary>
    /// Writes what the version says and takes away what was bound since, all or nothing; stages and policies that nothing binds any more stay. The state that
    /// results is a version of its own. Faults: forbidden, not found.
    /// </summary>
    public async Task<Result<FlowReversion>> ExecuteAsync(Caller caller, string slug, int number, bool isPlan, CancellationToken cancellation)
    {
        if (!(await versions.FindAsync(caller, slug, number, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        var then = VersionText.Read(found.Version.Content);
        var now = VersionText.Read(await export.PictureAsync(FlowKind.Kind, found.Flow, cancellation));
        List<BlueprintEntry> entries = [.. now.Beyond(then).Where(IsBound).Select(Absent), .. then.Blueprint.Entries];
        var blueprint = then.Blueprint with { Entries = entries };
        var report = await import.ExecuteAsync(new ImportRequest(blueprint, caller) { DryRun = isPlan }, cancellation);
        return new FlowReversion(found.Flow, found.Version, report, then.Names.Concat(now.Names).DistinctBy(n => n.Key).ToDictionary(StringComparer.Ordinal));
    }

    bool IsBound(BlueprintEntry entry) => parts.Any(p => p.PartPoints && string.Equals(p.Part.Name, VersionText.ModelOf(entry), StringComparison.Ordinal));

    static BlueprintEntry Absent(BlueprintEntry entry) => new(NodePlace.None, entry.Model)
    {
        Id = entry.Id,
        State = ScalarNode.OfText(NodePlace.None, "absent"),
        Identifiers = new MapNode(NodePlace.None, [KeyValuePair.Create("pk", ((MapNode)entry.Identifiers).Find("pk")!)]),
    };
}

/// <summary>What reverting did, or would do.</summary>
/// <param name="Names">What the objects are called, by their keys.</param>
public sealed record FlowReversion(Flow Flow, FlowVersion Version, ImportReport Report, IReadOnlyDictionary<string, string> Names);
