using System.Text.Json.Nodes;
using Postern.Blueprints.Exporting;
using Postern.Blueprints.Nodes;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Migrating;

/// <summary>
/// Reads another installation over its API, this product's or the reference's, and writes what is known here as a blueprint. Nothing is changed, neither
/// there nor here. Secrets that an API does not tell stay behind; the report names them.
/// </summary>
public sealed class MigrateFrom(KindRegistry kinds, IEnumerable<ExportPart> parts)
{
    // Of no use elsewhere: keys of tokens are not told, licences and files of blueprints belong to their installation.
    static readonly string[] leftOut = ["authentik_core.token", "authentik_blueprints.blueprintinstance", "authentik_enterprise.license"];

    /// <param name="source">Sends an API token of an administrator; its base address is the other installation.</param>
    /// <exception cref="HttpRequestException">The other installation does not answer, or refuses the token.</exception>
    public async Task<Migration> ExecuteAsync(HttpClient source, CancellationToken cancellation)
    {
        var report = new MigrationReport();
        var read = new ReadObjects(source, report);
        var objects = new List<ExportedObject>();
        foreach (var kind in kinds.All.Where(k => k is { InBlueprints: true, Path: not null } && k.Verbs.HasFlag(Verbs.Create) && !leftOut.Contains(k.Name, StringComparer.Ordinal)))
            objects.AddRange(await read.ExecuteAsync(kind, cancellation));
        var settings = await read.SettingsAsync(cancellation);

        var (set, outside) = new RepairReferences(kinds, parts, report).Execute(objects);
        foreach (var group in set.All.GroupBy(o => o.Kind.LabelPlural, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            report.Taken(group.Key, group.Count());
        var entries = new ExportEntries(set, new ExportNames(outside), isExact: false).Of(ExportOrder.Sort(set));
        var name = $"Migration from {source.BaseAddress!.Host}";
        var blueprint = new Blueprint(new BlueprintMetadata(name, new Dictionary<string, string>(StringComparer.Ordinal)), MapNode.Empty, entries);
        return new Migration(BlueprintWriter.Write(blueprint), settings, report);
    }
}

/// <summary>Another installation, as far as it can be taken over.</summary>
/// <param name="Blueprint">YAML that makes its objects.</param>
/// <param name="Settings">Its system settings, as its API answers them.</param>
public sealed record Migration(string Blueprint, JsonObject Settings, MigrationReport Report);
