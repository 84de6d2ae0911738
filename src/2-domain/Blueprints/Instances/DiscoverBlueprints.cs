using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;
using Postern.Storage;

namespace Postern.Blueprints.Instances;

/// <summary>
/// Makes an instance for every blueprint file that asks for one, lets go of instances whose file is gone (their objects stay), and applies
/// the enabled ones in an order in which each finds what it needs.
/// </summary>
internal sealed class DiscoverBlueprints(
    PosternDb db, BlueprintLibrary library, BlueprintSettings settings, NothingNew nothingNew, ApplyInstance apply, ILogger<DiscoverBlueprints> log)
{
    /// <summary>Discovers and applies: everything, or only what changed since it was last applied.</summary>
    public async Task ExecuteAsync(bool onlyIfChanged, CancellationToken cancellation)
    {
        var list = await library.ListAsync(cancellation);
        if (onlyIfChanged && await nothingNew.ExecuteAsync(list, cancellation))
            return;
        var files = Read(list);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellation))
        {
            await db.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancellation, ImportBlueprint.Lock);
            await KeepInstancesAsync(files, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        var fresh = new HashSet<Guid>();
        foreach (var instance in await OrderedAsync(files, cancellation))
        {
            if (await apply.ExecuteAsync(instance.Pk, onlyIfChanged, cancellation, fresh) is null or { IsSuccess: true })
                fresh.Add(instance.Pk);
        }
    }

    Dictionary<string, Blueprint> Read(IReadOnlyList<BlueprintFile> files)
    {
        var readable = new Dictionary<string, Blueprint>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var reading = BlueprintReader.Read(file.Content.Span, settings.Limits);
            if (reading.Blueprint is { } blueprint)
                readable[file.Path] = blueprint;
            else
                log.FileInvalid(file.Path, reading.Problems[0].ToString());
        }

        return readable;
    }

    async Task KeepInstancesAsync(Dictionary<string, Blueprint> files, CancellationToken cancellation)
    {
        var instances = await db.Set<BlueprintInstance>().ToListAsync(cancellation);
        foreach (var instance in instances.Where(b => b.Path.Length > 0))
        {
            // A file that is there but broken keeps its instance, which will say what is wrong.
            if (files.ContainsKey(instance.Path) || await library.FindAsync(instance.Path, cancellation) is not null)
                continue;
            log.InstanceRemoved(instance.Name, instance.Path);
            db.Remove(instance);
        }

        var (known, names) = (instances.Select(b => b.Path).ToHashSet(StringComparer.Ordinal), instances.Select(b => b.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var (path, blueprint) in files.Where(file => !known.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (blueprint.Metadata?.Labels.GetValueOrDefault(BlueprintLabels.Instantiate) is "false")
                continue;
            var name = blueprint.Metadata?.Name ?? path;
            name = names.Add(name) ? name : $"{name} ({path})";
            db.Add(new BlueprintInstance { Name = name, Path = path, Metadata = MetadataJson.Of(blueprint.Metadata) });
        }

        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    async Task<IReadOnlyList<BlueprintInstance>> OrderedAsync(Dictionary<string, Blueprint> files, CancellationToken cancellation)
    {
        var enabled = await db.Set<BlueprintInstance>().AsNoTracking().Where(b => b.Enabled).OrderBy(b => b.Path).ThenBy(b => b.Name).ToListAsync(cancellation);
        var blueprints = enabled.ToDictionary(b => b.Pk, b => b.Path.Length > 0 ? files.GetValueOrDefault(b.Path) : BlueprintReader.Read(b.Content, settings.Limits).Blueprint);
        var readable = enabled.Where(b => blueprints[b.Pk] is not null).ToList();
        // What cannot be read comes last; it only needs to be told so.
        return [.. DependencyOrder.Sort(readable, b => (b.Path, blueprints[b.Pk]!)), .. enabled.Where(b => blueprints[b.Pk] is null)];
    }
}
