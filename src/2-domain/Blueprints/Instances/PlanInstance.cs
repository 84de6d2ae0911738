using Postern.Blueprints.Importing;
using Postern.Blueprints.Library;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Instances;

/// <summary>Tells what applying an instance would change now: how far the installation is from what the blueprint says. Writes nothing.</summary>
public sealed class PlanInstance
{
    readonly ObjectQuery objects;
    readonly IAccess access;
    readonly BlueprintLibrary library;
    readonly BlueprintSettings settings;
    readonly ImportBlueprint import;

    internal PlanInstance(ObjectQuery objects, IAccess access, BlueprintLibrary library, BlueprintSettings settings, ImportBlueprint import) =>
        (this.objects, this.access, this.library, this.settings, this.import) = (objects, access, library, settings, import);

    /// <summary>Needs the right to change the instance, as applying does: the plan shows what the blueprint touches, whoever may see it. Faults: forbidden, not found.</summary>
    public async Task<Result<InstancePlan>> ExecuteAsync(Caller caller, string lookup, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(BlueprintInstanceKind.Kind, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var instance = (BlueprintInstance)found;
        if (await access.RefuseAsync(caller, BlueprintInstanceKind.Kind.Change, BlueprintInstanceKind.Kind.KeyOf(instance), cancellation) is { } refusal)
            return refusal;
        var source = await InstanceSource.OpenAsync(instance, library, settings.Limits, cancellation);
        var isNew = !source.Hash.Equals(instance.LastAppliedHash, StringComparison.Ordinal);
        if (source.Reading.Blueprint is not { } blueprint)
            return new InstancePlan(instance, ImportReport.OfFile(source.Reading.Problems, source.Reading.Warnings), isNew);
        var request = ApplyInstance.Request(instance, blueprint, Caller.System) with { DryRun = true };
        return new InstancePlan(instance, (await import.ExecuteAsync(request, cancellation)) with { FileWarnings = source.Reading.Warnings }, isNew);
    }
}

/// <summary>What applying an instance would do.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Report">The plan.</param>
/// <param name="IsNew">The blueprint is not the one that was applied last; else what differs was changed since by somebody.</param>
public sealed record InstancePlan(BlueprintInstance Instance, ImportReport Report, bool IsNew);
